/* The clocks that can be judged. Where a source never records that a thing was done, a clock that has run out
   proves nothing: it is counted in `unjudged`, never called overdue. */
select
    object_type, key, rule, trigger_date, due_date, calendar, arithmetic, done_on, status, days_left, amount, currency,
    owner, team
from judged_clocks
where recorded or status <> 'OVERDUE'
