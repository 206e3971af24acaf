/*
id: FILING-03
title: What was filed too late?
rule: B.filed
severity: MINOR
key: regime, object_id, period
amount: amount
date: event_on
owner: filing
needs: [filings]
thresholds: {looked_back_days: 20}
message: "{regime} {object_id} (event of {event_on}): due {due_date}, filed {filed_on} ({rule}: {arithmetic})."
*/
select
    regime, object_id, period, event_on, filing_id, due_date, filed_on, rule, arithmetic, amount, currency,
    filed_file as source_file, filed_line as source_line
from judged_filings
where status = 'LATE' and filed_days_ago <= $looked_back_days
