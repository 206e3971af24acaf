/*
id: FILING-06
title: What is in scope by the bank's own tables, but neither listed nor filed?
rule: B.scope
severity: MAJOR
key: regime, object_id, period
amount: amount
date: event_on
owner: filing
needs: [reportable]
message: "{regime} {object_id} (event of {event_on}): in scope ({told}), in neither the register nor the filings; due {due_date} ({rule}: {arithmetic})."
*/
select regime, object_id, period, event_on, told, due_date, status, rule, arithmetic, amount, currency
from judged_filings
where not listed and state = 'NOT_SENT'
