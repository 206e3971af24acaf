/* A dispute is at one stage, and each stage of its scheme has a clock: the first from the payment, the others from the
   day the stage began. Once sent to the scheme, the first is met on the day of the next stage. */
select
    'dispute' as object_type, d.dispute_id as key, s.rule,
    case when s.stage = 'OPENED' then d.transaction_date else d.stage_on end as trigger_date,
    cast(null as timestamp) as triggered_at,
    case when s.stage = 'OPENED' and d.stage <> 'OPENED' then d.stage_on end as done_on,
    cast(null as timestamp) as done_at, true as recorded, d.amount, d.currency
from card_disputes d
join dispute_stages s on s.scheme = d.scheme
    and (s.stage = d.stage or s.stage = 'OPENED' and d.stage in ('CHARGEBACK', 'REPRESENTMENT', 'PRE_ARBITRATION'))
where d.reported_on <= $as_of and d.stage_on <= $as_of and (d.known_at is null or cast(d.known_at as date) <= $as_of)
