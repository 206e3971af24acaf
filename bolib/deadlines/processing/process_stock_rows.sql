/* view: the open cases by the last step done, with how long they have stood there and how old they are. */
select
    object_type, last_activity, cast(count(*) as bigint) as cases,
    min(case when rank * 100 >= number * 50 then idle_business_seconds end) as median_idle_business_seconds,
    max(idle_business_seconds) as longest_idle_business_seconds, max(age_business_seconds) as oldest_business_seconds,
    min(case when age_rank = 1 then object_id end) as oldest, min(first_at) as oldest_since
from (
    select t.*,
        row_number() over (partition by object_type, last_activity order by idle_business_seconds, object_id) as rank,
        row_number() over (partition by object_type, last_activity order by first_at, object_id) as age_rank,
        count(*) over (partition by object_type, last_activity) as number
    from process_traces t
    where state = 'OPEN'
) open_cases
group by object_type, last_activity
