/*
id: COH-22
title: Which deals are below the smallest quantity of their instrument?
rule: C3.lot.minimum
severity: MINOR
key: trade_id
amount: net_amount
date: trade_date
owner: trade
needs: [trades, instruments]
thresholds: {looked_back_days: 10}
message: "{trade_id}: {side} {quantity} {isin} in {book}; nothing below {minimum_quantity} may be dealt."
*/
select
    r.trade_id, r.version, r.book, r.trader, r.isin, r.side, r.quantity, i.minimum_quantity, r.net_amount, r.currency,
    r.trade_date, r.entered_by, r.source_file, r.source_line
from recent_deals r
join instruments i on i.isin = r.isin
where r.days_back < $looked_back_days and r.quantity < i.minimum_quantity
