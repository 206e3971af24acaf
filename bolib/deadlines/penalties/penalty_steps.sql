/* view: the steps of the life of those instructions, up to the day. */
select e.instruction_id, s.payment, e.at, e.status, e.reason, e.settled_quantity, e.hold
from settlement_events e
join penalty_instructions s on s.instruction_id = e.instruction_id
where cast(e.at as date) <= $as_of
