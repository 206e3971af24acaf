/* Clocks that have run out in sources that never record the answer, by rule. */
select
    object_type, rule, cast(count(*) as bigint) as clocks, min(due_date) as first_due, max(due_date) as last_due
from judged_clocks
where not recorded and status = 'OVERDUE'
group by object_type, rule
