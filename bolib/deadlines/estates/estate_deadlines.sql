/* view: the clocks of estates, with the file behind each. */
select
    d.rule, d.trigger_date, d.due_date, d.arithmetic, d.done_on, d.status, d.days_left, e.estate_id, e.customer_id,
    e.died_on, e.notified_on, e.blocked_on, e.assets_paid_on, e.balance_at_death, e.currency,
    case when d.done_on is null then 'not done' else 'done too late' end as state, e.source_file, e.source_line
from deadlines d
join estates e on e.estate_id = d.key
where d.object_type = 'estate'
