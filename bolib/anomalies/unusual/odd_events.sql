/* view: each step of the run log, with the step before it in the same case. */
select
    'events' as block, e.object_type || ' ' || e.object_id || ' ' || e.activity || ' ' || cast(e.nth as string) as key,
    cast(e.at as date) as day, now.day - d.day < $unusual_days as judged, e.object_type, e.activity,
    coalesce(e.previous, 'start') as previous, e.actor, e.source, e.at
from event_steps e
join target_days d on d.date = cast(e.at as date)
join target_days now on now.date = $as_of
