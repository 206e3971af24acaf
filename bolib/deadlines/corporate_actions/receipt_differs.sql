/*
id: CORPACT-03
title: What was received on securities that is not what the holding is entitled to?
rule: CA.entitlement
severity: MAJOR
key: ca_id, account
amount: difference
date: pay_date
owner: entitlement
needs: [corporate_actions, ca_receipts]
message: "{ca_id} {type} on {isin}, {account}: {why}. Received: {outcome}. Due: {arithmetic}."
*/
select
    ca_id, account, isin, type, pay_date, received_on, difference, quantity_difference, currency, cause,
    case cause
        when 'SHORT' then 'less was received than is due'
        when 'OVER' then 'more was received than is due'
        when 'NOT_ENTITLED' then 'received without a right to it'
        when 'CLAIM_UNTOLD' then 'several sets of claims unpaid explain it alike'
        when 'POSITION' then 'paid on the holding the custodian states, which is not that of our deals'
        else 'what was lent is missing: the borrower has not made it good'
    end as why,
    eligible_quantity, entitled_quantity, net, amount_received, tax_received, quantity_due, quantity_received,
    outcome, arithmetic, source_file, source_line
from entitlements
where cause in ('SHORT', 'OVER', 'NOT_ENTITLED', 'CLAIM_UNTOLD', 'POSITION', 'LOAN')
