/*
id: RECOV-04
title: Which claims will lapse soon (prescription, 5 years)?
rule: D-21
severity: CRITICAL
key: loan_id
amount: amount
date: trigger_date
owner: loan
needs: [loans, instalments]
message: "{loan_id} of {customer_id}: no court has been seized; the claim lapses after {due_date} ({arithmetic}), days left: {days_left} (alert at {months_alert} months)."
*/
select
    m.loan_id, m.customer_id, m.amount, m.currency, m.trigger_date, m.due_date, m.arithmetic, m.days_left,
    m.months_alert, l.source_file, l.source_line
from limitations m
join loans l on l.loan_id = m.loan_id
where m.rule = 'D-21' and m.months_alert is not null and m.done_on is null
