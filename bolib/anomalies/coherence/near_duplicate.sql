/*
id: DUP-02
title: Which deals look recorded twice with a small difference?
rule: C3.trade.duplicate
severity: MINOR
key: trade_id, twin
amount: net_amount
date: trade_date
owner: trade
needs: [trades]
thresholds: {minutes: 5, price_bp: 20, looked_back_days: 10}
message: "{trade_id} and {twin}: both {side} {quantity} {isin} with {counterparty} in {book} and {twin_book}, at {price} and {twin_price}, entered minutes apart: {minutes_apart}."
*/
select
    a.trade_id, b.trade_id as twin, a.book, b.book as twin_book, a.trader, a.isin, a.side, a.quantity, a.price,
    b.price as twin_price, a.net_amount, a.currency, a.counterparty, a.trade_date, b.trade_date as twin_trade_date,
    abs(wa.entered_minute - wb.entered_minute) as minutes_apart, a.order_id, b.order_id as twin_order_id, a.entered_by,
    b.entered_by as twin_entered_by, a.source_file, a.source_line, b.source_file as twin_file, b.source_line as twin_line
from recent_deals a
join recent_deals b on b.isin = a.isin and b.side = a.side and b.quantity = a.quantity
    and b.counterparty = a.counterparty and b.trade_id > a.trade_id
join weighed_deals wa on wa.trade_id = a.trade_id and wa.version = a.version
join weighed_deals wb on wb.trade_id = b.trade_id and wb.version = b.version
left join filled_orders o on o.order_id = a.order_id
where a.days_back < $looked_back_days and a.from_book is null and b.from_book is null
    and (a.price <> b.price or a.book <> b.book or a.trade_date <> b.trade_date)
    and abs(a.price - b.price) * 10000 <= $price_bp * a.price
    and abs(wa.entered_minute - wb.entered_minute) <= $minutes
    and (a.order_id is null or b.order_id is null or a.order_id = b.order_id and (o.order_id is null or o.dealt > o.quantity))
