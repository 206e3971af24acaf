/*
id: COH-01
title: Which deals of the front office does the back office not know?
rule: C-24
severity: CRITICAL
key: trade_id
amount: net_amount
date: trade_date
owner: trade
needs: [trades, bookings]
message: "{trade_id}: {side} {quantity} {isin} at {price} in {book}, dealt {trade_date}, entered by {entered_by} {entered_at}: not in the back office{aside}."
*/
select
    f.trade_id, f.version, f.book, f.trader, f.isin, f.side, f.quantity, f.price, f.net_amount, f.currency,
    f.counterparty, f.trade_date, f.settlement_date, f.entered_by, f.entered_at, f.source_file, f.source_line,
    coalesce('; a record of it was set aside: ' || a.record, '') as aside
from fo_unpaired f
left join deals_set_aside a on a.office = 'bookings' and a.trade_id = f.trade_id
where f.booked_version is null and f.action <> 'CANCEL'
