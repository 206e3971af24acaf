/*
id: CORPACT-04
title: From which payments was the wrong tax withheld?
rule: CA.tax
severity: MAJOR
key: ca_id, account
amount: tax_difference
date: pay_date
owner: entitlement
needs: [corporate_actions, ca_receipts]
message: "{ca_id} {type} on {isin}, {account}: {tax_received} {currency} withheld instead of {tax_due}, {tax_rate} % by {tax_rule}."
*/
select
    ca_id, account, isin, type, pay_date, received_on, gross, amount_received, tax_received,
    tax_received - tax_difference as tax_due, tax_difference, tax_rate, tax_rule, currency, source_file, source_line
from entitlements
where tax_difference <> 0
