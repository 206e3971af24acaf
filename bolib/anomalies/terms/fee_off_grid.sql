/*
id: COH-19
title: On which deals is the fee not the grid's?
rule: C3.fee.grid
severity: MINOR
key: trade_id
amount: difference
date: trade_date
owner: trade
needs: [trades, fee_grid, instruments]
thresholds: {tolerated: 0.01, looked_back_days: 10}
message: "{trade_id}: fee of {fees} {currency} on {gross_amount} at {venue}; the grid gives {grid_fee}."
*/
select
    r.trade_id, r.version, r.book, r.trader, r.isin, r.side, r.gross_amount, r.fees, w.grid_fee,
    cast(r.fees - w.grid_fee as decimal(18,2)) as difference, r.currency, r.venue, r.counterparty, r.trade_date,
    r.source_file, r.source_line
from recent_deals r
join weighed_deals w on w.trade_id = r.trade_id and w.version = r.version
where r.days_back < $looked_back_days and r.from_book is null and abs(r.fees - w.grid_fee) > $tolerated
