/* view: which line computed is which penalty reported: first those alike in all but the amount, then what is left of the
   same instruction and day, in order. Lines without a report have no penalty. */
with alike as (
    select e.instruction_id, e.line, r.penalty_id
    from penalty_expected e
    join penalty_reported r on r.instruction_id = e.instruction_id and r.date = e.reported_as and r.type = e.type
        and r.direction = e.direction and r.currency = e.currency and r.copy = 1
    where e.why is null
),
alone as (
    select
        e.instruction_id, e.line, e.reported_as,
        row_number() over (partition by e.instruction_id, e.reported_as order by e.why, e.line) as place
    from penalty_expected e
    left join alike a on a.instruction_id = e.instruction_id and a.line = e.line
    where a.penalty_id is null and e.reported_as is not null
),
unmet as (
    select
        r.penalty_id, r.instruction_id, r.date,
        row_number() over (partition by r.instruction_id, r.date order by r.copy, r.type, r.direction, r.penalty_id)
            as place
    from penalty_reported r
    left join alike a on a.penalty_id = r.penalty_id
    where a.penalty_id is null
)
select instruction_id, line, penalty_id
from alike
union all
select a.instruction_id, a.line, u.penalty_id
from alone a
left join unmet u on u.instruction_id = a.instruction_id and u.date = a.reported_as and u.place = a.place
