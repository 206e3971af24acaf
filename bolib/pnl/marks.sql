/* view: everything that values one unit, by state, day and currency of the books that may hold it. */
select
    p.isin, p.state, p.day, p.date, p.price_day, p.price, i.currency as price_currency, c.currency,
    coalesce(a.accrued, cast(0 as decimal(18,8))) as accrued,
    r.rate, b.rate as book_rate, i.multiplier,
    cast(case when i.quotation = 'PERCENT' then 100 else 1 end as bigint) as divisor,
    coalesce(e.split_new, cast(1 as decimal(18,6))) as split_new,
    coalesce(e.split_old, cast(1 as decimal(18,6))) as split_old,
    coalesce(e.dividend, cast(0 as decimal(18,8))) as dividend,
    coalesce(e.coupon, cast(0 as decimal(18,8))) as coupon,
    coalesce(e.capital, cast(0 as decimal(18,8))) as capital,
    coalesce(e.redemption, cast(0 as decimal(18,8))) as redemption
from known_prices p
join instruments i on i.isin = p.isin
join (select distinct currency from books) c on c.currency is not null
left join known_rates r on r.isin = p.isin and r.state = p.state and r.day = p.day and r.currency = i.currency
left join known_rates b on b.isin = p.isin and b.state = p.state and b.day = p.day and b.currency = c.currency
left join accruals a on a.isin = p.isin and a.date = p.date
left join event_marks e on e.isin = p.isin and e.state = p.state and e.day = p.day
