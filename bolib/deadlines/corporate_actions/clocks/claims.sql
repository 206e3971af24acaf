/* A market claim is paid on the payment date of its event. Where what came in does not tell whether it was, nothing is
   concluded. */
select
    'market_claim' as object_type, j.ca_id || ' ' || j.reference as key, 'CA.claim' as rule,
    p.pay_date as trigger_date, cast(null as timestamp) as triggered_at,
    case when j.state = 'PAID' then p.received_on end as done_on, cast(null as timestamp) as done_at,
    w.receipts and j.state <> 'UNTOLD' as recorded,
    case when p.amount is not null then abs(j.net) end as amount, p.currency
from ca_judged j
join ca_claims c on c.ca_id = j.ca_id and c.reference = j.reference
join ca_positions p on p.ca_id = j.ca_id and p.account = j.account
join ca_sources w on w.receipts is not null
where c.kind <> 'TRANSFORMATION' and p.pay_date is not null
