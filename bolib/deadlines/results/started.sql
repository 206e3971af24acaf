/* The distinct clocks: the moment matters only to rules that count hours. */
select
    c.rule, c.trigger_date, case when h.rule is not null then c.triggered_at end as triggered_at,
    max(c.done_on) as done_on
from clocks c
left join rules_in_hours h on h.rule = c.rule
group by c.rule, c.trigger_date, case when h.rule is not null then c.triggered_at end
