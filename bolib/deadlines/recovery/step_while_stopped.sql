/*
id: RECOV-10
title: Which steps were taken against borrowers whom over-indebtedness protects?
rule: D-25.stop
severity: CRITICAL
key: loan_id, step, done_on
date: done_on
owner: loan
needs: [loans, insolvency_cases, collection_steps]
message: "{loan_id} of {customer_id}: {step} on {done_on}, although the case was admitted on {admitted_on}; nothing may be done until {stopped_until}."
*/
select
    l.loan_id, l.customer_id, s.step, s.done_on, o.admitted_on, o.stopped_until, s.source_file, s.source_line
from collection_steps s
join loans l on l.loan_id = s.loan_id
join collection_stops o on o.customer_id = l.customer_id and s.done_on > o.admitted_on
left join allowed_steps a on a.step = s.step
where s.done_on <= $as_of and a.step is null
