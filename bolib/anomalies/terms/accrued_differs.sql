/*
id: COH-24
title: Which deals in bonds carry other interest than has accrued by their settlement date?
rule: C3.bond.accrued
severity: MAJOR
key: trade_id
amount: difference
date: trade_date
owner: trade
needs: [trades, instruments]
thresholds: {tolerated: 0.01, looked_back_days: 10}
message: "{trade_id}: {side} {quantity} {isin} carries {accrued_interest} {currency} of accrued interest; by {settlement_date} {accrued_percent} % of nominal has accrued, which is {accrued_due}."
*/
-- interest left out is nil: a clean price settled without it, or a price that already holds it
select
    r.trade_id, r.version, r.book, r.trader, r.isin, r.side, r.quantity, r.price,
    coalesce(r.accrued_interest, cast(0 as decimal(18,2))) as accrued_interest, w.accrued_percent, w.accrued_due,
    cast(coalesce(r.accrued_interest, 0) - w.accrued_due as decimal(18,2)) as difference, r.currency, r.counterparty,
    r.trade_date, r.settlement_date, r.source_file, r.source_line
from recent_deals r
join weighed_bonds w on w.trade_id = r.trade_id and w.version = r.version
where r.days_back < $looked_back_days and abs(coalesce(r.accrued_interest, 0) - w.accrued_due) > $tolerated
