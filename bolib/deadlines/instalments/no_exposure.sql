/*
id: ARREARS-07
title: For which loans in arrears is the exposure not known?
rule: D-02
severity: MAJOR
key: loan_id
amount: amount_past_due
date: overdue_since
owner: loan
needs: [loans, instalments, exposures]
message: "{loan_id} of {customer_id}: {amount_past_due} {currency} past due, and no exposure of its borrower to compare it with."
*/
select
    a.loan_id, a.customer_id, a.amount_past_due, l.currency, a.overdue_since, a.days_material, l.source_file,
    l.source_line
from arrears a
join loans l on l.loan_id = a.loan_id
left join (select distinct customer_id from exposures where date <= $as_of) e on e.customer_id = a.customer_id
where a.amount_past_due > 0 and e.customer_id is null
