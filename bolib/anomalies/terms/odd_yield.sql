/*
id: COH-25
title: Which bonds were dealt at a price whose yield makes no sense?
rule: C3.bond.yield
severity: MAJOR
key: trade_id
amount: gross_amount
date: trade_date
owner: trade
needs: [trades, instruments]
thresholds: {lowest_percent: -2, highest_percent: 25, least_days: 90, looked_back_days: 10}
message: "{trade_id}: {side} {quantity} {isin} at {price} in {book}: to {maturity_date} that yields {yield_percent} % a year; at the last close it was {close_yield}."
*/
-- close to the maturity a cent of the price is a large yield, and says nothing
select
    r.trade_id, r.version, r.book, r.trader, r.isin, r.side, r.quantity, r.price, w.yield_percent, w.close_yield,
    w.days_left, i.maturity_date, r.gross_amount, r.currency, r.counterparty, r.trade_date, r.entered_by, r.explanation, r.source_file,
    r.source_line
from recent_deals r
join weighed_bonds w on w.trade_id = r.trade_id and w.version = r.version
join instruments i on i.isin = r.isin
where r.days_back < $looked_back_days and (w.yield_percent < $lowest_percent or w.yield_percent > $highest_percent)
    and w.days_left > $least_days
