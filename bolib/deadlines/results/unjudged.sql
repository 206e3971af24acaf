/* Clocks that nothing can be said of, by rule and reason. */
select
    object_type, rule, cast(count(*) as bigint) as clocks, min(due_date) as first_due, max(due_date) as last_due,
    'NOT_RECORDED' as reason
from judged_clocks
where not recorded and status = 'OVERDUE'
group by object_type, rule
union all
select
    object_type, rule, cast(count(*) as bigint) as clocks, cast(null as date) as first_due,
    cast(null as date) as last_due, reason
from (
    select
        c.object_type, c.rule,
        case
            when c.trigger_date is null or c.trigger_date < p.first_day or c.trigger_date > p.last_day
                then 'NOT_IN_FORCE'
            when c.trigger_date < p.known_from or c.trigger_date > p.known_to then 'NO_CALENDAR'
            when p.in_hours and c.triggered_at is null then 'NO_MOMENT'
        end as reason
    from clocks c
    join rule_periods p on p.rule = c.rule
) outside
where reason is not null
group by object_type, rule, reason
