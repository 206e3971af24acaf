/* What lies behind each complaint: the operation it names, the most telling one where several answer to the name. */
select complaint_id, named, what, key, state, broken, source_file, source_line
from (
    select
        n.complaint_id, n.named, o.what, o.key, o.state, o.broken, o.source_file, o.source_line,
        row_number() over (
            partition by n.complaint_id order by case when o.broken then 0 else 1 end, o.rank, o.key
        ) as place
    from complaint_names n
    join known_operations o on o.named = n.named
) ranked
where place = 1
