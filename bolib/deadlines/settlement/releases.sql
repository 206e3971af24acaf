/* view: of each instruction that was ever on hold by the evening of the day, when it was last released, and whether it
   is held still. */
select
    instruction_id, max(case when held_before and not hold then held_at end) as released_at,
    max(case when rank = 1 and hold then 1 else 0 end) = 1 as held
from (
    select
        e.instruction_id, e.at as held_at, e.hold, lag(e.hold) over (partition by e.instruction_id order by e.at) as held_before,
        row_number() over (partition by e.instruction_id order by e.at desc) as rank
    from settlement_events e
    where e.hold is not null and cast(e.at as date) <= $as_of
) holds
group by instruction_id
having max(case when hold then 1 else 0 end) = 1
