/* The rungs of the ladder: those taken in the present arrears, and the next one where its time is not yet over before
   the law allows it. */
select
    'loan' as object_type, c.loan_id as key, d.rule, d.date as trigger_date, cast(null as timestamp) as triggered_at,
    e.done_on, cast(null as timestamp) as done_at, true as recorded, c.amount_past_due as amount, c.currency
from recovery_cases c
join episode_steps e on e.loan_id = c.loan_id
join ladder_anchors a on a.loan_id = c.loan_id
join ladder_dates d on d.anchor = a.anchor and d.date = a.date and d.step = e.step
union all
select
    'loan', c.loan_id, n.rule, n.trigger_date, cast(null as timestamp), cast(null as date), cast(null as timestamp),
    true, c.amount_past_due, c.currency
from recovery_cases c
join next_rungs n on n.loan_id = c.loan_id
where n.from_date <= n.by_date
