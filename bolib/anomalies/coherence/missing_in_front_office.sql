/*
id: COH-02
title: Which deals of the back office does the front office not know?
rule: C-24
severity: CRITICAL
key: trade_id
amount: net_amount
date: trade_date
owner: trade
needs: [trades, bookings]
message: "{trade_id}: {side} {quantity} {isin} at {price} in {book}, dealt {trade_date}, entered by {entered_by} {entered_at}: not in the front office{aside}."
*/
select
    b.trade_id, b.version, b.book, b.trader, b.isin, b.side, b.quantity, b.price, b.net_amount, b.currency,
    b.counterparty, b.trade_date, b.settlement_date, b.entered_by, b.entered_at, b.source_file, b.source_line,
    coalesce('; a record of it was set aside: ' || a.record, '') as aside
from bo_unpaired b
left join deals_set_aside a on a.office = 'trades' and a.trade_id = b.trade_id
where b.dealt_version is null and b.action <> 'CANCEL'
