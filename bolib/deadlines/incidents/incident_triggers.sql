/* view: what starts the clocks of incidents and when it was done. An incident that is not major has none; the initial
   notification has two, of which the earlier binds. */
select incident_id, 'classification' as stage, 'H-06.classification' as rule, aware_at as triggered_at,
    classified_at as done_at, classified_at
from known_incidents
where classified_at is null or major
union all
select incident_id, 'initial notification', 'H-06.awareness', aware_at, initial_at, classified_at
from known_incidents
where major
union all
select incident_id, 'initial notification', 'H-06.initial', classified_at, initial_at, classified_at
from known_incidents
where major and classified_at is not null
union all
select incident_id, 'intermediate report', 'H-06.intermediate', initial_at, intermediate_at, classified_at
from known_incidents
where major and initial_at is not null
union all
select incident_id, 'final report', 'H-06.final', intermediate_at, final_at, classified_at
from known_incidents
where major and intermediate_at is not null
