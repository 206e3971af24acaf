/*
id: ORD-04
title: Which deals were made before their order was given?
rule: C3.order.first
severity: CRITICAL
key: trade_id
amount: net_amount
date: trade_date
owner: trade
needs: [trades, orders]
thresholds: {looked_back_days: 10}
message: "{trade_id}: {side} {quantity} {isin} in {book} dealt {traded_at}; its order {order_id} was given {ordered_at}."
*/
select
    trade_id, version, book, trader, isin, side, quantity, net_amount, currency, trade_date, traded_at, order_id, ordered_at,
    account, source_file, source_line, order_file, order_line
from dealt_orders
where days_back < $looked_back_days and traded_at < ordered_at
