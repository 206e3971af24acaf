/*
id: COH-11
title: Which deals were made outside the prices of their day?
rule: C3.price.range
severity: MAJOR
key: trade_id
amount: gross_amount
date: trade_date
owner: trade
needs: [trades, prices]
thresholds: {tolerated_bp: 25, looked_back_days: 10}
message: "{trade_id}: {side} {quantity} {isin} at {price} in {book}; that day it was dealt between {low} and {high}."
*/
select
    r.trade_id, r.version, r.book, r.trader, r.isin, r.side, r.quantity, r.price, p.low, p.high, r.gross_amount, r.currency,
    r.counterparty, r.trade_date, r.traded_at, r.entered_by, r.explanation, r.source_file, r.source_line
from recent_deals r
join day_closes p on p.isin = r.isin and p.date = r.trade_date
where r.days_back < $looked_back_days
    and (
        (p.low - r.price) * 10000 > $tolerated_bp * p.low
        or (r.price - p.high) * 10000 > $tolerated_bp * p.high
    )
