/*
id: CON-01
title: Which deals undo each other within minutes, by one trader and at one price?
rule: C3.wash
severity: MAJOR
key: trade_id, twin
amount: gross_amount
date: trade_date
owner: trade
needs: [trades]
thresholds: {minutes: 15, price_bp: 10, quantity_percent: 5, looked_back_days: 10}
message: "{trader} bought ({trade_id}) and sold ({twin}) {isin}: {quantity} at {price} and {twin_quantity} at {twin_price}, minutes apart: {minutes_apart}."
*/
select
    b.trade_id, s.trade_id as twin, b.book, s.book as twin_book, b.trader, b.isin, b.quantity, s.quantity as twin_quantity,
    b.price, s.price as twin_price, b.gross_amount, b.currency, b.counterparty, s.counterparty as twin_counterparty,
    b.trade_date, b.traded_at, s.traded_at as twin_traded_at,
    abs(wb.traded_minute - ws.traded_minute) as minutes_apart, b.source_file, b.source_line, s.source_file as twin_file,
    s.source_line as twin_line
from recent_deals b
join recent_deals s on s.trader = b.trader and s.isin = b.isin and s.trade_date = b.trade_date
join weighed_deals wb on wb.trade_id = b.trade_id and wb.version = b.version
join weighed_deals ws on ws.trade_id = s.trade_id and ws.version = s.version
where b.side = 'BUY' and s.side = 'SELL' and b.from_book is null and s.from_book is null
    and b.days_back < $looked_back_days
    and abs(wb.traded_minute - ws.traded_minute) <= $minutes
    and abs(b.price - s.price) * 10000 <= $price_bp * b.price
    and abs(b.quantity - s.quantity) * 100 <= $quantity_percent * b.quantity
