/* view: median and 95th percentile of what is measured, over all months, in the month of the day, and in the usual
   months before it. The p-th percentile of n is the smallest that at least p % of them do not exceed (nearest rank). */
with periods as (
    select m.*, 'ALL' as period from process_measures m
    union all select m.*, 'MONTH' from process_measures m where m.months_ago = 0
    union all select m.*, 'USUAL' from process_measures m where m.months_ago between 1 and $usual_months
),
ranked as (
    select p.*,
        row_number() over (partition by object_type, activity, period order by seconds, object_id, step) as rank,
        row_number() over (partition by object_type, activity, period order by business_seconds, object_id, step) as business_rank,
        count(*) over (partition by object_type, activity, period) as number
    from periods p
)
select
    object_type, activity, period, cast(count(*) as bigint) as waits,
    min(case when rank * 100 >= number * 50 then seconds end) as median_seconds,
    min(case when rank * 100 >= number * 95 then seconds end) as p95_seconds,
    min(case when business_rank * 100 >= number * 50 then business_seconds end) as median_business_seconds,
    min(case when business_rank * 100 >= number * 95 then business_seconds end) as p95_business_seconds,
    cast(sum(business_seconds) as bigint) as business_seconds
from ranked
group by object_type, activity, period
