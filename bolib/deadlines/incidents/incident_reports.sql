/* view: the reports incidents owe or owed, with the incident; `done_days_ago` counts business days since one was sent. */
select
    c.stage, d.rule, d.trigger_date, d.due_date, d.due_at, d.arithmetic, d.done_on, c.done_at, d.status, d.days_left,
    d.amount, d.currency, d.owner, d.team, d.step, i.incident_id, i.aware_at, i.classified_at, i.event_type, i.cause,
    now.day - done.day as done_days_ago,
    case when d.done_on is null then 'not done' else 'done too late, on ' || cast(d.done_on as string) end as state,
    i.source_file, i.source_line
from deadlines d
join incident_clocks c on c.incident_id = d.key and c.rule = d.rule
join known_incidents i on i.incident_id = d.key
join target_days now on now.date = $as_of
left join target_days done on done.date = d.done_on
where d.object_type = 'incident'
