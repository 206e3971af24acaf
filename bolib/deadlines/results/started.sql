/* The distinct clocks that can be counted: on the day of the event their rule was in force and its calendar is known. The
   moment matters only to rules that count hours, and to those it must be known. */
select
    c.rule, c.trigger_date, case when p.in_hours then c.triggered_at end as triggered_at, max(c.done_on) as done_on
from clocks c
join rule_periods p on p.rule = c.rule and p.first_day <= c.trigger_date
    and (p.last_day is null or c.trigger_date <= p.last_day)
    and p.known_from <= c.trigger_date and c.trigger_date <= p.known_to
    and (not p.in_hours or c.triggered_at is not null)
group by c.rule, c.trigger_date, case when p.in_hours then c.triggered_at end
