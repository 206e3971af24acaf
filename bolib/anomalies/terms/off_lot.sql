/*
id: COH-13
title: Which deals are not in whole lots?
rule: C3.lot
severity: MINOR
key: trade_id
amount: net_amount
date: trade_date
owner: trade
needs: [trades, instruments]
thresholds: {looked_back_days: 10}
message: "{trade_id}: {side} {quantity} {isin} in {book}; the lot is {lot_size}, {beyond_lot} are beyond the last whole one."
*/
select
    r.trade_id, r.version, r.book, r.trader, r.isin, r.side, r.quantity, i.lot_size, w.beyond_lot, r.net_amount, r.currency,
    r.trade_date, r.entered_by, r.source_file, r.source_line
from recent_deals r
join weighed_deals w on w.trade_id = r.trade_id and w.version = r.version
join instruments i on i.isin = r.isin
where r.days_back < $looked_back_days and w.beyond_lot > 0
