/*
id: RECOV-09
title: Which loans were terminated without a formal notice in reasonable time?
rule: D-14
severity: CRITICAL
key: loan_id
amount: outstanding
date: terminated_on
owner: loan
needs: [loans, collection_steps]
message: "{loan_id} of {customer_id}: terminated on {terminated_on}; formal notice {noticed_on}, after which {free_on} was the first day for it."
*/
select
    l.loan_id, l.customer_id, l.outstanding, l.currency, l.terminated_on, n.done_on as noticed_on, n.free_on,
    l.source_file, l.source_line
from loans l
left join (
    select s.loan_id, min(s.done_on) as done_on, min(e.free_on) as free_on
    from collection_steps s
    join loans t on t.loan_id = s.loan_id and s.done_on <= t.terminated_on
    join notice_ends e on e.step = s.step and e.done_on = s.done_on
    where s.step = 'FORMAL_NOTICE'
    group by s.loan_id
) n on n.loan_id = l.loan_id
where l.terminated_on <= $as_of and l.outstanding > 0 and (n.free_on is null or l.terminated_on < n.free_on)
