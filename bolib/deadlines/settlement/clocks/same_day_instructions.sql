/* From the day the rule is in force, an instruction reaches the depository on the trade date. */
select
    'instruction' as object_type, s.instruction_id as key, 'A-12' as rule, t.trade_date as trigger_date,
    cast(null as timestamp) as triggered_at,
    case when cast(s.accepted_at as date) <= $as_of then cast(s.accepted_at as date) end as done_on,
    case when cast(s.accepted_at as date) <= $as_of then s.accepted_at end as done_at,
    true as recorded, s.amount, s.currency
from settlements s
join known_trades t on t.trade_id = s.trade_id
join rule_starts f on f.rule = 'A-12' and t.trade_date >= f.valid_from
where s.status <> 'CANC' and (s.known_at is null or cast(s.known_at as date) <= $as_of)
