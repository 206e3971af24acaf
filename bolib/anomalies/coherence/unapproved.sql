/*
id: COH-07
title: Which deals did nobody approve?
rule: H-07
severity: MAJOR
key: trade_id, version
amount: net_amount
date: entered_on
owner: trade
message: "{trade_id} version {version}: {action} of {side} {quantity} {isin} in {book} entered by {entered_by} {entered_at}, approved by nobody."
*/
select
    trade_id, version, action, book, isin, side, quantity, net_amount, currency, entered_by, entered_at,
    cast(entered_at as date) as entered_on, source_file, source_line
from (
    -- a source that never names an approver proves nothing about one deal
    select t.*, count(t.approved_by) over (partition by t.source_file) as approvals
    from trades t
) records
where approved_by is null and approvals > 0 and cast(coalesce(known_at, entered_at) as date) <= $as_of
