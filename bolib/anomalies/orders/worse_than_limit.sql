/*
id: ORD-03
title: Which deals were made at a worse price than their order allows?
rule: C3.order.limit
severity: MAJOR
key: trade_id
amount: net_amount
date: trade_date
owner: trade
needs: [trades, orders]
thresholds: {looked_back_days: 10}
message: "{trade_id}: {side} {quantity} {isin} at {price} in {book}; the limit of order {order_id} is {limit_price}."
*/
select
    trade_id, version, book, trader, isin, side, quantity, price, limit_price, net_amount, currency, trade_date, order_id,
    account, source_file, source_line, order_file, order_line
from dealt_orders
where days_back < $looked_back_days and side = order_side
    and (side = 'BUY' and price > limit_price or side = 'SELL' and price < limit_price)
