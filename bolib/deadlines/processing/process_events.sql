/* view: the steps known by the evening of the day. `ending`: one that ends its case; `told`: such steps are declared
   for this kind of object. */
select
    e.object_type, e.object_id, e.activity, e.at, e.actor, e.source_file, e.source_line,
    ending.activity is not null as ending, kind.object_type is not null as told
from events e
left join process_ends ending on ending.object_type = e.object_type and ending.activity = e.activity
left join (select distinct object_type from process_ends) kind on kind.object_type = e.object_type
where cast(e.at as date) <= $as_of and (e.known_at is null or cast(e.known_at as date) <= $as_of)
