/*
id: FILING-04
title: Which reports have waited for an answer too long?
rule: B.answered
severity: MINOR
key: regime, object_id, period
amount: amount
date: last_sent_on
owner: filing
needs: [filings]
thresholds: {tolerated_days: 2}
message: "{regime} {object_id}: {filing_id} sent {last_sent_on}, {sent_days_ago} business days without an answer; it counts as not filed until accepted (due {due_date})."
*/
select
    regime, object_id, period, filing_id, last_sent_on, sent_days_ago, due_date, rule, arithmetic, amount, currency,
    filed_file as source_file, filed_line as source_line
from judged_filings
where state = 'SENT' and (sent_days_ago is null or sent_days_ago > $tolerated_days)
