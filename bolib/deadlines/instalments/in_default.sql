/*
id: ARREARS-02
title: Which loans are in default by days past due?
rule: D-01
severity: CRITICAL
key: loan_id
amount: amount_past_due
date: default_since
owner: loan
needs: [loans, instalments]
message: "{loan_id} of {customer_id}: in default since {default_since}; its arrears have been material for {days_material} days; earliest end {default_until}."
*/
select
    a.loan_id, a.customer_id, a.amount_past_due, l.currency, a.default_since, a.default_until, a.material_since,
    a.days_material, a.days_past_due, a.stage, a.backstop_on, l.source_file, l.source_line
from arrears a
join loans l on l.loan_id = a.loan_id
where a.in_default
