/* An instruction is ready, matched and not on hold, by the cut-off of its settlement date. One that has settled was
   ready. Only depositories of which a cut-off is known. */
select
    'instruction' as object_type, instruction_id as key, rule, intended_settlement_date as trigger_date,
    cast(null as timestamp) as triggered_at,
    case when ready_at is not null then cast(ready_at as date) when settled_on <= $as_of then settled_on end as done_on,
    ready_at as done_at, true as recorded, amount, currency
from (
    select
        s.instruction_id, p.rule, s.intended_settlement_date, s.settled_on, s.amount, s.currency,
        case
            when r.held or s.matched_at is null or cast(s.matched_at as date) > $as_of then null
            when r.released_at > s.matched_at then r.released_at
            else s.matched_at
        end as ready_at
    from settlements s
    join rule_places p on p.place = substr(s.place, 1, 8) and p.payment = s.payment
        and s.intended_settlement_date >= p.valid_from
    left join releases r on r.instruction_id = s.instruction_id
    where s.status <> 'CANC' and (s.known_at is null or cast(s.known_at as date) <= $as_of)
) readiness
