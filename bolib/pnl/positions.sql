/* view: what each book holds at the close of the day. A position without a price of the day is shown
   without price and value, with the day of its last one. */
select
    h.date, h.book, h.isin, h.quantity, h.cost,
    case when h.price_day = h.day then h.price end as price,
    case when h.price_day = h.day then cast(h.market_value - h.clean_value as decimal(18,2)) end as accrued,
    case when h.price_day = h.day then h.market_value end as market_value,
    h.currency, p.date as price_date, h.day - h.price_day as price_age_days
from held h
join evenings e on e.isin = h.isin and e.state = h.state and e.day = h.day
left join pnl_days p on p.day = h.price_day
where h.date = $as_of
