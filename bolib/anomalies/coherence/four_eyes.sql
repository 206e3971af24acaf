/*
id: COH-05
title: Which deals were approved by the person who entered them?
rule: H-07
severity: CRITICAL
key: office, trade_id, version
amount: net_amount
date: entered_on
owner: trade
message: "{trade_id} version {version}, {office}: entered and approved by {entered_by} {entered_at}."
*/
select
    office, trade_id, version, action, book, isin, side, quantity, net_amount, currency, entered_by, approved_by,
    entered_at, cast(entered_at as date) as entered_on, source_file, source_line
from (
    select
        'front office' as office, trade_id, version, action, book, isin, side, quantity, net_amount, currency, entered_by,
        approved_by, entered_at, known_at, source_file, source_line
    from trades
    union all
    select
        'back office', trade_id, version, action, book, isin, side, quantity, net_amount, currency, entered_by,
        approved_by, entered_at, known_at, source_file, source_line
    from bookings
) records
where entered_by = approved_by and cast(coalesce(known_at, entered_at) as date) <= $as_of
