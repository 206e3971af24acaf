/*
id: RECOV-11
title: Which payments of prior debts came after over-indebtedness was admitted?
rule: D-25.stop
severity: MAJOR
key: payment_id
amount: amount
date: value_date
owner: loan
needs: [loans, insolvency_cases, payments]
thresholds: {looked_back_days: 20}
message: "{payment_id}: {amount} taken on {loan_id} of {customer_id} on {value_date}, although the case was admitted on {admitted_on} and no plan runs: debits are to be stopped."
*/
select
    p.payment_id, p.loan_id, l.customer_id, p.amount, l.currency, p.value_date, o.admitted_on, o.stopped_until,
    p.source_file, p.source_line
from payments p
join loans l on l.loan_id = p.loan_id
join collection_stops o on o.customer_id = l.customer_id and p.value_date > o.admitted_on
join target_days now on now.date = $as_of
join target_days paid on paid.date = p.value_date
where p.received_on <= $as_of and (o.plan_from is null or p.value_date < o.plan_from)
    and now.day - paid.day between 0 and $looked_back_days
