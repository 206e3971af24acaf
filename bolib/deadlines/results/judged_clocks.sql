/* Every clock with its due date and how it stands. `days_left` counts days of the rule's own calendar: until the
   day it was done, or until today; negative = late. A clock that ends at an hour is judged by the moment a thing was
   done, where that is known. */
select
    c.object_type, c.key, d.applied as rule, c.trigger_date, d.due_date, d.due_at, d.calendar, d.arithmetic, c.done_on,
    case
        when c.done_at <= d.due_at then 'DONE'
        when c.done_at > d.due_at then 'LATE'
        when c.done_on <= d.due_date then 'DONE'
        when c.done_on is not null then 'LATE'
        when d.due_date > $as_of then 'OPEN'
        when d.due_date = $as_of then 'TODAY'
        else 'OVERDUE'
    end as status,
    due.day - coalesce(now.day, 0) as days_left,
    c.amount, c.currency, coalesce(mine.owner, usual.owner) as owner, coalesce(mine.team, usual.team) as team,
    c.recorded
from clocks c
join due_dates d on d.rule = c.rule and d.trigger_date = c.trigger_date
    and (d.triggered_at is null or d.triggered_at = c.triggered_at)
join clock_days due on due.calendar = d.calendar and due.date = d.due_date
left join clock_days now on now.calendar = d.calendar and now.date = coalesce(c.done_on, $as_of)
left join owners mine on mine.object_type = c.object_type and mine.match = c.key
left join owners usual on usual.object_type = c.object_type and usual.match = '*'
