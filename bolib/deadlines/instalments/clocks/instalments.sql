/* An instalment that is not wholly paid runs until it is; one that falls due within days stands here, too. What the end
   of the contract made due is one debt. */
select
    'instalment' as object_type, i.loan_id || '/' || cast(i.instalment_no as string) as key,
    'D.instalment.due' as rule, i.due_on as trigger_date, cast(null as timestamp) as triggered_at,
    cast(null as date) as done_on, cast(null as timestamp) as done_at, true as recorded, i.unpaid as amount, i.currency
from instalments_left i
cross join instalment_horizon h
where i.due_on <= h.last_day and not i.accelerated
union all
select
    'instalment', i.loan_id || '/capital', 'D.instalment.due', i.due_on, cast(null as timestamp), cast(null as date),
    cast(null as timestamp), true, cast(sum(i.unpaid) as decimal(18,2)), i.currency
from instalments_left i
where i.accelerated
group by i.loan_id, i.due_on, i.currency
