/* view: each order with what was dealt on it, the deals standing on the evening of the day that name it, or allotted to it
   of the order it was grouped into. */
select
    o.*, d.deals, coalesce(d.dealt, o.allocated_quantity, cast(0 as decimal(18,6))) as dealt, d.first_traded_at,
    d.gross_amount, d.dealt_currency
from orders o
left join (
    select
        order_id, cast(count(*) as bigint) as deals, cast(sum(quantity) as decimal(18,6)) as dealt,
        min(traded_at) as first_traded_at,
        case when count(distinct currency) = 1 then cast(sum(gross_amount) as decimal(18,2)) end as gross_amount,
        case when count(distinct currency) = 1 then min(currency) end as dealt_currency
    from fo_deals
    where action <> 'CANCEL' and order_id is not null
    group by order_id
) d on d.order_id = o.order_id
where cast(coalesce(o.known_at, o.ordered_at) as date) <= $as_of
