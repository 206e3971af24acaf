/* view: how often each activity was done, in how many cases, and in how many of them again; "*" is the whole case. */
select
    object_type, activity, cast(count(distinct object_id) as bigint) as cases, cast(count(*) as bigint) as events,
    cast(count(distinct case when again then object_id end) as bigint) as rework,
    cast(sum(case when again then 1 else 0 end) as bigint) as repeats
from process_steps
group by object_type, activity
union all
select
    object_type, '*', cast(count(*) as bigint), cast(sum(steps) as bigint),
    cast(sum(case when repeats > 0 then 1 else 0 end) as bigint), cast(sum(repeats) as bigint)
from process_traces
group by object_type
