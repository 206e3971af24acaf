/* view: median and 95th percentile of what is measured, over all months, in the month of the day, and in the usual
   months before it. The p-th percentile of n is the smallest that at least p % of them do not exceed (nearest rank).
   Equal waits are counted together before they are ranked. */
with measured as (
    select object_type, activity, 'ELAPSED' as clock, seconds, cast(count(*) as bigint) as waits,
        cast(sum(seconds) as bigint) as total,
        case when months_ago = 0 then 'MONTH' when months_ago between 1 and $usual_months then 'USUAL' else 'OLDER' end as period
    from process_measures
    group by object_type, activity, months_ago, seconds
    union all
    select object_type, activity, 'OPEN', business_seconds, cast(count(*) as bigint),
        cast(sum(business_seconds) as bigint),
        case when months_ago = 0 then 'MONTH' when months_ago between 1 and $usual_months then 'USUAL' else 'OLDER' end
    from process_measures
    group by object_type, activity, months_ago, business_seconds
),
counted as (
    select object_type, activity, 'ALL' as period, clock, seconds, cast(sum(waits) as bigint) as waits,
        cast(sum(total) as bigint) as total
    from measured
    group by object_type, activity, clock, seconds
    union all
    select object_type, activity, period, clock, seconds, cast(sum(waits) as bigint), cast(sum(total) as bigint)
    from measured
    where period <> 'OLDER'
    group by object_type, activity, period, clock, seconds
),
ranked as (
    select c.*,
        cast(sum(waits) over (partition by object_type, activity, period, clock order by seconds) as bigint) as up_to,
        cast(sum(waits) over (partition by object_type, activity, period, clock) as bigint) as number
    from counted c
)
select
    object_type, activity, period, max(number) as waits,
    min(case when clock = 'ELAPSED' and up_to * 100 >= number * 50 then seconds end) as median_seconds,
    min(case when clock = 'ELAPSED' and up_to * 100 >= number * 95 then seconds end) as p95_seconds,
    min(case when clock = 'OPEN' and up_to * 100 >= number * 50 then seconds end) as median_business_seconds,
    min(case when clock = 'OPEN' and up_to * 100 >= number * 95 then seconds end) as p95_business_seconds,
    cast(sum(case when clock = 'OPEN' then total end) as bigint) as business_seconds
from ranked
group by object_type, activity, period
