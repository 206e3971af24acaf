/*
id: CORPACT-14
title: Which receipts could not be compared, since no holding is known?
rule: CA.entitlement
severity: MINOR
key: ca_id, account
amount: amount_received
currency: currency_received
date: received_on
owner: entitlement
needs: [corporate_actions, ca_receipts]
message: "{ca_id} {type} on {isin}: {outcome} received by {account}, whose holding on {record_date} neither the deals nor the custodian tell."
*/
select * from entitlements where status = 'UNJUDGED' and received_on is not null
