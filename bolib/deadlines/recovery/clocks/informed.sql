/* The borrower of a consumer credit is told at the first missed instalment what it may lead to. */
select
    'loan' as object_type, c.loan_id as key, 'D-12' as rule, c.arrears_since as trigger_date,
    cast(null as timestamp) as triggered_at, min(e.done_on) as done_on, cast(null as timestamp) as done_at,
    true as recorded, c.amount_past_due as amount, c.currency
from recovery_cases c
left join informing_steps i on true
left join episode_steps e on e.loan_id = c.loan_id and e.step = i.step
where c.consumer and c.kind = 'RETAIL' and not c.stopped
group by c.loan_id, c.arrears_since, c.amount_past_due, c.currency
