/* A complaint that contests a payment starts the clocks of that payment too: a card payment nobody authorised is
   refunded by the next business day, a contested debit is refunded or refused within the time for claims. The customer
   is due the earliest of all of them. */
select
    'complaint' as object_type, c.complaint_id as key,
    case when p.arn is null then 'E-06.answer' else 'E-03' end as rule, c.received_on as trigger_date,
    cast(null as timestamp) as triggered_at,
    case
        when p.arn is null and c.answered_on <= $as_of then c.answered_on
        when p.arn is not null and d.refunded_on <= $as_of then d.refunded_on
    end as done_on,
    cast(null as timestamp) as done_at, true as recorded, c.amount, c.currency
from complaints c
left join card_clearings p on p.arn = c.contested_key
left join card_disputes d on d.arn = c.contested_key
where c.kind = 'PAYMENT' and c.contested_key is not null and c.received_on <= $as_of
    and (d.dispute_id is null or d.unauthorised) and (c.known_at is null or cast(c.known_at as date) <= $as_of)
