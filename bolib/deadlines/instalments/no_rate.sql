/*
id: ARREARS-12
title: Of which loans in arrears is the rate of their currency not known?
rule: D-02
severity: MAJOR
key: loan_id
amount: amount_past_due
date: overdue_since
owner: loan
needs: [loans, instalments]
message: "{loan_id} of {customer_id}: {amount_past_due} {currency} past due, and no rate of {currency} against the euro; the thresholds in euro were compared with it one for one."
*/
select
    a.loan_id, a.customer_id, a.amount_past_due, l.currency, a.overdue_since, a.days_material, l.source_file,
    l.source_line
from arrears a
join loans l on l.loan_id = a.loan_id
left join euro_rates r on r.currency = l.currency
where a.amount_past_due > 0 and l.currency <> 'EUR' and r.currency is null
