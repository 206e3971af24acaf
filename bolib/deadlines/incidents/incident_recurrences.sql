/* view: incidents that are not major and share a root cause, each known within the months of the rule after another;
   `watched_until` is the end of those months after the last one. Losses in EUR. */
with pairs as (
    select a.incident_id, b.incident_id as other_id, lower(trim(a.cause)) as root
    from known_incidents a
    join incident_windows w on w.incident_id = a.incident_id
    join known_incidents b on lower(trim(b.cause)) = lower(trim(a.cause)) and b.incident_id <> a.incident_id
        and b.aware_at >= a.aware_at and cast(b.aware_at as date) <= w.until
    where not a.major and not b.major
),
members as (
    select root, incident_id from pairs
    union
    select root, other_id from pairs
)
select
    m.root, cast(count(*) as bigint) as incidents, min(cast(i.aware_at as date)) as first_aware,
    max(cast(i.aware_at as date)) as last_aware, min(i.incident_id) as first_incident,
    max(i.incident_id) as last_incident,
    cast(sum(case when i.currency = 'EUR' then abs(i.loss) end) as decimal(18,2)) as loss, 'EUR' as currency,
    max(w.until) as watched_until
from members m
join known_incidents i on i.incident_id = m.incident_id
join incident_windows w on w.incident_id = m.incident_id
group by m.root
having count(*) >= max(w.incidents_needed)
