/* view: what each trader dealt in a day, purchases and sales added up, by currency; transfers between books left out. */
select
    f.trader, f.trade_date, d.day, f.currency, cast(sum(f.gross_amount) as decimal(18,2)) as gross,
    cast(0 as decimal(18,2)) as accrued, cast(0 as decimal(18,2)) as fees, cast(0 as decimal(18,2)) as taxes, e.rate,
    cast(1 as decimal(18,8)) as book_rate, cast(count(*) as bigint) as deals
from fo_deals f
join t2s_days d on d.date = f.trade_date and d.open
left join euro_rates e on e.currency = f.currency and e.date = f.trade_date
where f.action <> 'CANCEL' and f.from_book is null
group by f.trader, f.trade_date, d.day, f.currency, e.rate
