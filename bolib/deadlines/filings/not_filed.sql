/*
id: FILING-01
title: What had to be filed with an authority, and is not?
rule: B.filed
severity: MAJOR
key: regime, object_id, period
amount: amount
date: event_on
owner: filing
needs: [reportable]
message: "{regime} {object_id} (event of {event_on}): not filed, due {due_date}, {days_late} days late on its calendar ({rule}: {arithmetic})."
*/
select
    regime, object_id, period, event_on, due_date, -days_left as days_late, rule, arithmetic, amount, currency,
    source_file, source_line
from judged_filings
where listed and state = 'NOT_SENT' and status = 'OVERDUE'
