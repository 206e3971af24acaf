/* view: the ways cases went from beginning to end, the most frequent first, with their median time. */
select
    object_type,
    row_number() over (partition by object_type order by count(*) desc, path) as variant,
    path, cast(count(*) as bigint) as cases, cast(count(*) as bigint) as cases_part, max(ended) as cases_whole,
    min(case when rank * 100 >= number * 50 then lead_seconds end) as median_seconds,
    min(case when business_rank * 100 >= number * 50 then lead_business_seconds end) as median_business_seconds,
    min(object_id) as example
from (
    select t.*,
        row_number() over (partition by object_type, path order by lead_seconds, object_id) as rank,
        row_number() over (partition by object_type, path order by lead_business_seconds, object_id) as business_rank,
        count(*) over (partition by object_type, path) as number,
        count(*) over (partition by object_type) as ended
    from process_traces t
    where state <> 'OPEN'
) ended_cases
group by object_type, path
