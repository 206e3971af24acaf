/*
id: CORPACT-11
title: On which deliveries will the depository soon no longer raise the claim?
rule: CA.claim.detection
severity: MAJOR
key: ca_id, reference
amount: net
date: record_date
owner: market_claim
needs: [corporate_actions, settlements, trades]
thresholds: {warning_days: 5}
message: "{reference} with {counterparty_name}, {quantity} {isin}: unmatched since {record_date} ({ca_id}); claims of {net} {currency} are raised until {last_day} ({arithmetic_of_day})."
*/
select c.*, d.due_date as last_day, d.arithmetic as arithmetic_of_day
from deadlines d
join market_claims c on d.key = c.ca_id || ' ' || c.reference
where d.object_type = 'market_claim' and d.rule = 'CA.claim.detection' and d.done_on is null and c.state <> 'PAID'
    and d.days_left <= $warning_days
