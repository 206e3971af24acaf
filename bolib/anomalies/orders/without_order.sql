/*
id: ORD-05
title: Which deals name an order that is unknown or was cancelled?
rule: C3.order.known
severity: MAJOR
key: trade_id
amount: net_amount
date: trade_date
owner: trade
needs: [trades, orders]
thresholds: {looked_back_days: 10}
message: "{trade_id}: {side} {quantity} {isin} in {book} names order {order_id}, {why}."
*/
select
    trade_id, version, book, trader, isin, side, quantity, net_amount, currency, trade_date, order_id,
    case when order_status is null then 'which nobody knows' else 'which was ' || lower(order_status) end as why,
    source_file, source_line, order_file, order_line
from dealt_orders
where days_back < $looked_back_days and (order_status is null or order_status in ('CANCELLED', 'REJECTED', 'EXPIRED'))
