/* view: the events of each activity that came in a batch: in one second with those of other cases. */
select object_type, activity, cast(sum(events) as bigint) as events
from (
    select object_type, activity, second, cast(count(*) as bigint) as events, count(distinct object_id) as cases
    from process_steps
    group by object_type, activity, second
) seconds
where cases >= $batch_cases
group by object_type, activity
