/* What an event brings an account is paid on its payment date. Too little is not done; more, or
   with the wrong tax, is. Where no receipts are sent at all, nothing is concluded. */
select
    'entitlement' as object_type, j.ca_id || ' ' || j.account as key, p.payment_rule as rule,
    p.pay_date as trigger_date, cast(null as timestamp) as triggered_at,
    case when coalesce(j.state, 'PAID') not in ('SHORT', 'LOAN') then p.received_on end as done_on,
    cast(null as timestamp) as done_at, w.receipts as recorded,
    case when p.amount is null then null when j.state = 'SHORT' then -j.difference else j.net end as amount, p.currency
from ca_judged j
join ca_positions p on p.ca_id = j.ca_id and p.account = j.account
join ca_sources w on w.receipts is not null
where j.reference is null and p.pay_date is not null and coalesce(j.state, 'PAID') <> 'UNJUDGED'
    and (p.received_on is not null or j.state is not null)
