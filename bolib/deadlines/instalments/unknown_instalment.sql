/*
id: ARREARS-11
title: Which payments name an instalment nobody knows?
rule: D.payment.named
severity: MINOR
key: payment_id
amount: amount
date: received_on
owner: loan
needs: [payments, instalments]
message: "{payment_id}: {amount} on {loan_id} names instalment {designated_to}, which its schedule has not; it was allocated by the law's own order."
*/
select
    p.payment_id, p.loan_id, p.received_on, p.amount, l.currency, p.designated_to, p.source_file, p.source_line
from payments p
left join instalments i on i.loan_id = p.loan_id and i.instalment_no = p.designated_to
left join loans l on l.loan_id = p.loan_id
where p.designated_to is not null and i.loan_id is null and p.received_on <= $as_of
