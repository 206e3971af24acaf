/* view: the incidents known by the evening of the day, as they stood then: what was done later is empty, and whether
   one is major is unknown before it is classified, unless it is said to be. */
select
    incident_id, aware_at, case when cast(classified_at as date) <= $as_of then classified_at end as classified_at,
    case when cast(classified_at as date) <= $as_of or classified_at is null and major then major end as major,
    case when cast(initial_at as date) <= $as_of then initial_at end as initial_at,
    case when cast(intermediate_at as date) <= $as_of then intermediate_at end as intermediate_at,
    case when cast(final_at as date) <= $as_of then final_at end as final_at,
    loss, currency, event_type, cause, source_file, source_line
from incidents
where cast(aware_at as date) <= $as_of and (known_at is null or cast(known_at as date) <= $as_of)
