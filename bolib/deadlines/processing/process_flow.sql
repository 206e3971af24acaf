/* view: cases that came and ended on each of the last business days, what came on closed days counting on the next,
   and how many were open in the evening; kinds of which nobody says what ends a case are left out. */
select
    t.object_type, d.date,
    cast(sum(case when came.next_open = d.date then 1 else 0 end) as bigint) as arrived,
    cast(sum(case when went.next_open = d.date then 1 else 0 end) as bigint) as ended,
    cast(sum(
        case when cast(t.first_at as date) <= d.date and (t.ended_at is null or cast(t.ended_at as date) > d.date) then 1
        else 0 end
    ) as bigint) as open_cases
from process_traces t
join target_days now on now.date = $as_of
join target_days d on d.open and d.date <= now.date and now.day - d.day < $flow_days
left join target_days came on came.date = cast(t.first_at as date)
left join target_days went on went.date = cast(t.ended_at as date)
where t.state <> 'UNKNOWN'
group by t.object_type, d.date
