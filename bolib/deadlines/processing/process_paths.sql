/* view: of the cases that have ended and passed an activity, how many went the way most of them went. */
select object_type, activity, max(cases) as most, cast(sum(cases) as bigint) as ended
from (
    select p.object_type, p.activity, t.path, cast(count(*) as bigint) as cases
    from (
        select distinct object_type, object_id, activity from process_steps
        union all select object_type, object_id, '*' from process_traces
    ) p
    join process_traces t on t.object_type = p.object_type and t.object_id = p.object_id
    where t.state <> 'OPEN'
    group by p.object_type, p.activity, t.path
) ways
group by object_type, activity
