/*
id: RECOV-14
title: Which over-indebtedness plans last longer than the law allows?
rule: D-26.plan
severity: MINOR
key: customer_id, filed_on
date: plan_from
owner: loan
needs: [insolvency_cases]
message: "{customer_id}: the plan from {plan_from} is recorded until {plan_to}, at most until {at_most} ({arithmetic}): check the date, which stops every step until then."
*/
select
    i.customer_id, i.filed_on, i.plan_from, i.plan_to, p.at_most, p.arithmetic, i.source_file, i.source_line
from insolvency_cases i
join plan_limits p on p.plan_from = i.plan_from
where i.filed_on <= $as_of and i.plan_to > p.at_most and (i.closed_on is null or i.closed_on > $as_of)
