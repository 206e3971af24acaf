/* view: what each activity mostly follows. */
select object_type, activity, previous
from (
    select object_type, activity, previous,
        row_number() over (partition by object_type, activity order by count(*) desc, previous) as rank
    from process_steps
    where previous is not null
    group by object_type, activity, previous
) followed
where rank = 1
