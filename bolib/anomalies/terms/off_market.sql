/*
id: COH-12
title: Which deals are too far from the market for their instrument's own habits?
rule: C3.price.usual
severity: MAJOR
key: trade_id
amount: gross_amount
date: trade_date
owner: trade
needs: [trades, prices]
thresholds: {times: 5, floor_bp: 100, looked_back_days: 10}
message: "{trade_id}: {side} {quantity} {isin} at {price} in {book} is {move_bp} bp from the market, {times_usual} times the {usual_bp} bp it usually moves in a day."
*/
select
    r.trade_id, r.version, r.book, r.trader, r.isin, r.side, r.quantity, r.price, w.move_bp, w.usual_bp,
    w.times as times_usual, r.gross_amount, r.currency, r.counterparty, r.trade_date, r.entered_by, r.explanation,
    r.source_file, r.source_line
from recent_deals r
join weighed_deals w on w.trade_id = r.trade_id and w.version = r.version
where r.days_back < $looked_back_days and w.times > $times and abs(w.move_bp) > $floor_bp
