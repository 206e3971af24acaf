/*
id: ARREARS-05
title: Which payments were counted twice?
rule: D.payment.once
severity: MAJOR
key: payment_id
amount: amount
date: received_on
owner: loan
needs: [payments]
thresholds: {looked_back_days: 20}
message: "{payment_id}: {amount} on {loan_id}, value {value_date}, as {twin_id} before; if it is the same payment, the loan owes {amount} more."
*/
select
    p.payment_id, p.loan_id, p.value_date, p.received_on, p.amount, l.currency, p.twin_id, p.source_file, p.source_line
from (
    select
        payment_id, loan_id, value_date, received_on, amount, source_file, source_line,
        lag(payment_id) over (partition by loan_id, value_date, amount order by payment_id) as twin_id
    from payments
    where received_on <= $as_of and (reversed_on is null or reversed_on > $as_of)
    and (known_at is null or cast(known_at as date) <= $as_of)
) p
left join loans l on l.loan_id = p.loan_id
join target_days now on now.date = $as_of
join target_days paid on paid.date = p.received_on
where p.twin_id <> p.payment_id and now.day - paid.day <= $looked_back_days
