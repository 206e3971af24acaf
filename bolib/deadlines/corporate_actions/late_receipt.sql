/*
id: CORPACT-02
title: What was received late on securities?
rule: CA.payment
severity: MINOR
key: ca_id, account
amount: amount_received
currency: currency_received
date: pay_date
owner: entitlement
needs: [corporate_actions, ca_receipts]
thresholds: {looked_back_days: 20}
message: "{ca_id} {type} on {isin}: {account} was paid on {received_on}, {days_late} business days after {due_date}."
*/
select
    e.ca_id, e.account, e.isin, e.type, e.pay_date, e.due_date, e.received_on, came.day - due.day as days_late,
    e.amount_received, e.currency_received, e.quantity_received, e.arithmetic, e.source_file, e.source_line
from entitlements e
join target_days due on due.date = e.due_date
join target_days came on came.date = e.received_on
join target_days now on now.date = $as_of
-- what came late and is not what was due is told by both
where e.status in ('LATE', 'DIFFERENT') and e.received_on > e.due_date and now.day - came.day <= $looked_back_days
