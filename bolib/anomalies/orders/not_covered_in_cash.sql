/*
id: ORD-07
title: Which clients have ordered more to be bought than their cash pays for?
rule: C3.order.cover
severity: MAJOR
key: account, currency
amount: missing
date: ordered_on
owner: trade
needs: [orders, instruments, prices, ledger_lines]
message: "{account} has {balance} {currency} and has ordered purchases of {ordered} (orders: {orders}, the last {order_id})."
*/
select
    o.account, o.currency, o.ordered, b.balance, cast(o.ordered - b.balance as decimal(18,2)) as missing, o.orders,
    o.order_id, o.ordered_on
from (
    select
        account, currency, cast(sum(market_value) as decimal(18,2)) as ordered, cast(count(*) as bigint) as orders,
        max(order_id) as order_id, max(cast(ordered_at as date)) as ordered_on
    from valued_orders
    where account is not null
    group by account, currency
) o
-- only accounts the ledger knows: of others no cash is known, and nothing is said
join (
    select account, currency, cast(sum(amount) as decimal(18,2)) as balance from ledger_lines
    where booking_date <= $as_of group by account, currency
) b on b.account = o.account and b.currency = o.currency
where o.ordered > b.balance
