/*
id: ARREARS-08
title: Which forborne loans are late again within their probation?
rule: D-05
severity: MAJOR
key: loan_id
amount: amount_past_due
date: forborne_on
owner: loan
needs: [loans, instalments]
message: "{loan_id} of {customer_id}: {days_past_due} days past due; forborne on {forborne_on}, on probation until {until_on}: to be judged whether it is non-performing."
*/
select
    a.loan_id, a.customer_id, a.amount_past_due, l.currency, a.days_past_due, l.forborne_on, f.until_on, l.source_file,
    l.source_line
from arrears a
join loans l on l.loan_id = a.loan_id
join forborne_terms f on f.forborne_on = l.forborne_on
where f.until_on >= $as_of and a.days_past_due > f.days
