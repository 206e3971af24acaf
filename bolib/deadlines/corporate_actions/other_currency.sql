/*
id: CORPACT-05
title: Which payments came in another currency than the event's?
rule: CA.entitlement
severity: MAJOR
key: ca_id, account
amount: amount_received
currency: currency_received
date: pay_date
owner: entitlement
needs: [corporate_actions, ca_receipts]
message: "{ca_id} {type} on {isin}, {account}: {amount_received} {currency_received} received, {net} {currency} due."
*/
select
    ca_id, account, isin, type, pay_date, received_on, amount_received, currency_received, net, currency, arithmetic,
    source_file, source_line
from entitlements
where cause = 'CURRENCY'
