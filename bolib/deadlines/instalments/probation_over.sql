/*
id: ARREARS-09
title: Which loans may have left default, to be judged by a person?
rule: D-04
severity: MINOR
key: loan_id
amount: outstanding
date: default_since
owner: loan
needs: [loans, instalments]
message: "{loan_id} of {customer_id}: its default of {default_since} could end on {default_until}, after probation without a trigger; whether the borrower will pay is to be judged."
*/
select
    b.loan_id, b.customer_id, l.outstanding, l.currency, b.default_since, b.default_until, l.source_file, l.source_line
from arrears_states b
join arrears_states a on a.loan_id = b.loan_id and a.evening = b.evening + 1 and a.day = $as_of
join loans l on l.loan_id = b.loan_id
where b.in_default and not a.in_default
