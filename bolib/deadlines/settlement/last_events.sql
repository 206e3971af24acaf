/* view: where each instruction that has not settled stood by the evening of the day, by its last event. */
select instruction_id, status, reason, settled_quantity, hold
from (
    select e.*, row_number() over (partition by e.instruction_id order by e.at desc) as rank
    from settlement_events e
    join settlements s on s.instruction_id = e.instruction_id
    where cast(e.at as date) <= $as_of and (s.settled_on is null or s.settled_on > $as_of)
) ranked
where rank = 1
