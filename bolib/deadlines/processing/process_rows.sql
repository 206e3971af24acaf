/* view: each activity of each kind of object, in seconds and parts; "*" is the whole case. */
select
    a.object_type, a.activity, a.cases, s.median_seconds, s.p95_seconds, a.rework, w.most as variant_part,
    w.ended as variant_whole, a.events, a.repeats, p.previous as follows, coalesce(s.waits, 0) as waits,
    s.median_business_seconds, s.p95_business_seconds,
    case when a.activity <> '*' then s.business_seconds end as waiting_part,
    total.business_seconds as waiting_whole,
    case when a.activity <> '*' then coalesce(b.events, 0) end as batch_part, a.events as batch_whole,
    coalesce(m.waits, 0) as month_waits, m.median_business_seconds as month_business_seconds,
    coalesce(u.waits, 0) as usual_waits, u.median_business_seconds as usual_business_seconds
from process_activities a
left join process_spans s on s.object_type = a.object_type and s.activity = a.activity and s.period = 'ALL'
left join process_spans m on m.object_type = a.object_type and m.activity = a.activity and m.period = 'MONTH'
left join process_spans u on u.object_type = a.object_type and u.activity = a.activity and u.period = 'USUAL'
left join process_paths w on w.object_type = a.object_type and w.activity = a.activity
left join process_batches b on b.object_type = a.object_type and b.activity = a.activity
left join process_predecessors p on p.object_type = a.object_type and p.activity = a.activity
left join (
    select object_type, cast(sum(business_seconds) as bigint) as business_seconds
    from process_spans
    where period = 'ALL' and activity <> '*'
    group by object_type
) total on total.object_type = a.object_type
