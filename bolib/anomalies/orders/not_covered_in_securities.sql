/*
id: ORD-06
title: Which clients have ordered more to be sold than they hold?
rule: C3.order.cover
severity: MAJOR
key: account, isin
date: ordered_on
owner: trade
needs: [orders, client_positions]
message: "{account} holds {held} {isin} and has ordered {ordered} to be sold (orders: {orders}, the last {order_id})."
*/
select
    o.account, o.isin, o.ordered, coalesce(h.quantity, cast(0 as decimal(18,6))) as held, o.orders, o.order_id, o.ordered_on
from (
    select
        account, isin, cast(sum(quantity - dealt) as decimal(18,6)) as ordered, cast(count(*) as bigint) as orders,
        max(order_id) as order_id, max(cast(ordered_at as date)) as ordered_on
    from filled_orders
    where side = 'SELL' and account is not null and status not in ('FILLED', 'CANCELLED', 'REJECTED', 'EXPIRED')
    group by account, isin
) o
left join (
    select p.client_account, p.isin, cast(sum(p.quantity) as decimal(18,6)) as quantity
    from client_positions p
    join (select max(date) as date from client_positions where date <= $as_of) last on last.date = p.date
    group by p.client_account, p.isin
) h on h.client_account = o.account and h.isin = o.isin
where o.ordered > coalesce(h.quantity, 0)
