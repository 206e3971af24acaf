/*
id: ESTATE-07
title: Which money of the deceased or of quiet holders must be declared inactive or deposited?
rule: G-12
severity: MINOR
key: key, rule
amount: amount
date: due_date
owner: estate
needs: [estates, accounts]
message: "{object_type} {key}: nobody came forward; {rule} ran out on {due_date} ({arithmetic})."
*/
select object_type, key, rule, trigger_date, due_date, arithmetic, days_left, amount, currency
from deadlines
where status = 'OVERDUE' and rule in (
    'G-12', 'G-13.account', 'G-13.savings', 'G-14.death', 'G-14.death.notice', 'G-14.inactive', 'G-14.inactive.notice',
    'G-14.pel', 'G-14.pel.notice'
)
