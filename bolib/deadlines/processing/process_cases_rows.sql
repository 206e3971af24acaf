/* view: every case, with the number of the way it went once it has ended. */
select
    t.object_type, t.object_id, t.state, v.variant, t.steps, t.repeats, t.first_at, t.last_at, t.ended_at,
    t.last_activity, t.lead_seconds, t.lead_business_seconds, t.age_seconds, t.age_business_seconds, t.idle_seconds,
    t.idle_business_seconds
from process_traces t
left join process_variants_rows v on v.object_type = t.object_type and v.path = t.path and t.state <> 'OPEN'
