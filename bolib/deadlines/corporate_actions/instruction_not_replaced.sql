/*
id: CORPACT-10
title: Which open instructions were not replaced after an event that replaces the security?
rule: CA.transformation
severity: MAJOR
key: ca_id, reference
date: record_date
owner: market_claim
needs: [corporate_actions, settlements, trades]
thresholds: {looked_back_days: 20}
message: "{reference} with {counterparty_name}: {quantity} {isin} open over {record_date} ({ca_id}, {type}), instructed for {instructed_quantity} still. {arithmetic}."
*/
select c.*
from market_claims c
join target_days now on now.date = $as_of
left join target_days done on done.date = c.settled_on
where c.state = 'NOT_REPLACED' and c.instructed_quantity is not null
    and (c.settled_on is null or now.day - done.day <= $looked_back_days)
