/* An unauthorised payment is refunded by the next business day, whatever becomes of its chargeback. */
select
    'refund' as object_type, d.dispute_id as key, 'E-03' as rule, d.reported_on as trigger_date,
    cast(null as timestamp) as triggered_at,
    case when d.refunded_on <= $as_of then d.refunded_on end as done_on, cast(null as timestamp) as done_at,
    true as recorded, d.amount, d.currency
from card_disputes d
where d.unauthorised and d.reported_on <= $as_of and (d.known_at is null or cast(d.known_at as date) <= $as_of)
