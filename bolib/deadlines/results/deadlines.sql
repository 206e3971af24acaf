/* The clocks that can be judged, with the step of their escalation. Where a source never records that a thing was done,
   a clock that has run out proves nothing: it is counted in `unjudged`, never called overdue, and nobody is told of it. */
select
    c.object_type, c.key, c.rule, c.trigger_date, c.due_date, c.due_at, c.calendar, c.arithmetic, c.done_on,
    c.status, c.days_left, c.amount, c.currency, c.owner, c.team, l.step, l.next_step, l.next_step_from,
    c.recorded
from judged_clocks c
left join ladder l on l.rule = c.rule and l.due_date = c.due_date and c.done_on is null and c.recorded
where c.recorded or c.status <> 'OVERDUE'
