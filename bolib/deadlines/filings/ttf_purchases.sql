/* view: purchases and sales of the shares subject to the tax on financial transactions, by contractual settlement day,
   with the tax booked on them and the rate of that day. */
select
    d.isin, d.settlement_date, d.currency, r.rate_percent,
    cast(sum(case when d.side = 'BUY' then d.quantity else 0 end) as decimal(18,6)) as bought,
    cast(sum(case when d.side = 'SELL' then d.quantity else 0 end) as decimal(18,6)) as sold,
    cast(sum(case when d.side = 'BUY' then d.gross_amount else 0 end) as decimal(18,2)) as paid,
    cast(sum(case when d.side = 'BUY' then d.taxes else 0 end) as decimal(18,2)) as tax_booked,
    cast(count(*) as bigint) as deals
from filing_deals d
join ttf_rates r on d.settlement_date >= r.valid_from and d.settlement_date <= r.valid_to
where d.ttf and d.settlement_date <= $as_of
group by d.isin, d.settlement_date, d.currency, r.rate_percent
