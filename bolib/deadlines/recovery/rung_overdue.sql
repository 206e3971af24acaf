/*
id: RECOV-01
title: Which steps of recovery are late?
rule: D-32
severity: MAJOR
key: loan_id
amount: amount_past_due
date: by_date
owner: loan
needs: [loans, instalments]
message: "{loan_id} of {customer_id}, {days_past_due} days past due: {step} has been due since {by_date} and is not recorded ({rule}: {arithmetic}); a person decides."
*/
select
    w.loan_id, w.customer_id, w.amount_past_due, w.currency, w.days_past_due, w.step, w.rule, w.from_date, w.by_date,
    w.arithmetic, w.after_step, w.after_done_on, w.source_file, w.source_line
from recovery_work w
where w.rule like 'D-32.%' and w.by_date < $as_of and w.from_date <= $as_of
