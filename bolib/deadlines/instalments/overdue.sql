/*
id: ARREARS-01
title: Which loans are past due?
rule: D.instalment.due
severity: MAJOR
key: loan_id
amount: amount_past_due
date: overdue_since
owner: loan
needs: [loans, instalments]
thresholds: {tolerated_days: 0}
message: "{loan_id} of {customer_id}: {amount_past_due} {currency} past due since {overdue_since}, {days_past_due} days (band {bucket}, stage {stage})."
*/
select
    a.loan_id, a.customer_id, a.amount_past_due, l.currency, a.overdue_since, a.days_past_due, a.bucket, a.stage,
    a.days_material, a.next_step, a.next_step_from, a.next_step_by, a.limitation_on, l.source_file, l.source_line
from arrears a
join loans l on l.loan_id = a.loan_id
where a.amount_past_due > 0 and a.days_past_due > $tolerated_days
