/*
id: FILING-02
title: What did an authority reject that was not sent again?
rule: B.refiled
severity: MAJOR
key: regime, object_id, period
amount: amount
date: event_on
owner: filing
needs: [filings]
message: "{regime} {object_id} (event of {event_on}): {filing_id}, sent {last_sent_on}, rejected {refused_on} and not sent again; due {due_date}, {standing} ({rule}: {arithmetic})."
*/
select
    regime, object_id, period, event_on, filing_id, last_sent_on, refused_on, due_date, rule, arithmetic, amount,
    currency, case when status = 'OVERDUE' then 'overdue' else 'not yet overdue' end as standing,
    coalesce(filed_file, source_file) as source_file, coalesce(filed_line, source_line) as source_line
from judged_filings
where state = 'REJECTED'
