/* view: the steps known by the evening of the day, each with the one before it in its case and how often it was done. */
select
    e.object_type, e.object_id, e.activity, e.at, e.actor, e.source, e.source_file, e.source_line,
    lag(e.activity) over (partition by e.object_type, e.object_id order by e.at, e.activity) as previous,
    lag(e.at) over (partition by e.object_type, e.object_id order by e.at, e.activity) as previous_at,
    row_number() over (partition by e.object_type, e.object_id, e.activity order by e.at, e.actor) as nth
from events e
where cast(e.at as date) <= $as_of and (e.known_at is null or cast(e.known_at as date) <= $as_of)
