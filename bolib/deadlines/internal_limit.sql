/*
id: DEADLINE-01
title: Which limits of the bank's own, stricter than the law's, have passed?
rule: H.internal.limit
severity: MINOR
key: key, rule
amount: amount
date: due_date
owner: object
needs: []
message: "{object_type} {key}: the bank's own limit {rule} ended {due_date}, {days_late} days ago on its calendar ({arithmetic})."
*/
select
    d.object_type, d.key, d.rule, l.rule as legal_rule, d.trigger_date, d.due_date, d.arithmetic, -d.days_left as days_late,
    d.amount, d.currency
from deadlines d
join internal_limits l on l.own_rule = d.rule
where d.status = 'OVERDUE'
