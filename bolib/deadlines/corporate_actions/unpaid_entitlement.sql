/*
id: CORPACT-01
title: What was due on securities and has not been received?
rule: CA.payment
severity: MAJOR
key: ca_id, account
amount: net
date: pay_date
owner: entitlement
needs: [corporate_actions, ca_receipts]
message: "{ca_id} {type} on {isin}: {account} has received nothing of what was due on {due_date}. {arithmetic}."
*/
select * from entitlements where status = 'MISSING'
