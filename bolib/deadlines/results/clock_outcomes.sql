/* The due date of every clock: an outcome of its rule. */
select
    c.object_type, c.key, c.rule as what, d.applied as rule, d.due_date, d.due_at, cast(null as decimal(18,2)) as amount,
    c.amount as at_stake, c.currency
from clocks c
join due_dates d on d.rule = c.rule and d.trigger_date = c.trigger_date
    and (d.triggered_at is null or d.triggered_at = c.triggered_at)
