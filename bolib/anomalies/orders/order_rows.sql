/* view: open purchase orders, of clients and for our own books, with what values them: their limit, or the last close where there is none. */
select
    o.order_id, o.account, o.isin, o.currency, cast(o.quantity - o.dealt as decimal(18,6)) as quantity, o.ordered_at,
    coalesce(o.limit_price, c.price) as price, cast(0 as decimal(18,8)) as accrued, i.multiplier,
    case i.quotation when 'PERCENT' then 100 else 1 end as divisor, cast(1 as decimal(18,8)) as rate,
    cast(1 as decimal(18,8)) as book_rate, o.source_file, o.source_line
from filled_orders o
join instruments i on i.isin = o.isin
left join (
    select isin, price
    from (select d.*, row_number() over (partition by isin order by date desc) as newest from day_closes d) closes
    where newest = 1
) c on c.isin = o.isin
where o.side = 'BUY' and o.status not in ('FILLED', 'CANCELLED', 'REJECTED', 'EXPIRED')
