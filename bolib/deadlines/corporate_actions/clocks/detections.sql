/* A depository raises claims only on instructions matched within some days of the record date. */
select
    'market_claim' as object_type, j.ca_id || ' ' || j.reference as key, 'CA.claim.detection' as rule,
    c.record_date as trigger_date, cast(null as timestamp) as triggered_at,
    cast(c.matched_at as date) as done_on, c.matched_at as done_at, true as recorded,
    case when p.amount is not null then abs(j.net) end as amount, p.currency
from ca_judged j
join ca_claims c on c.ca_id = j.ca_id and c.reference = j.reference
join ca_positions p on p.ca_id = j.ca_id and p.account = j.account
join ca_detecting_places w on w.place = c.place
where c.kind = 'CLAIM' and (c.matched_at is null or cast(c.matched_at as date) > c.record_date)
