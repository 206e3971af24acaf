/* An instruction settles on its intended settlement date. Cancelled ones have no clock. */
select
    'instruction' as object_type, s.instruction_id as key, 'A-50' as rule,
    s.intended_settlement_date as trigger_date, cast(null as timestamp) as triggered_at,
    case when s.settled_on <= $as_of then s.settled_on end as done_on, cast(null as timestamp) as done_at,
    true as recorded, s.amount, s.currency
from settlements s
where s.status <> 'CANC' and (s.known_at is null or cast(s.known_at as date) <= $as_of)
