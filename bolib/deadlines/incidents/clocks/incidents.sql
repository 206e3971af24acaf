/* The reports an incident owes, each at the stage it has reached. */
select
    'incident' as object_type, c.incident_id as key, c.rule, c.trigger_date, c.triggered_at, c.done_on, c.done_at,
    true as recorded, i.loss as amount, i.currency
from incident_clocks c
join known_incidents i on i.incident_id = c.incident_id
