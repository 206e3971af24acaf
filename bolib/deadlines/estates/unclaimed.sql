/*
id: ESTATE-07
title: For which estates has nobody come forward, and must the law act?
rule: G-12
severity: MINOR
key: key, rule
amount: amount
date: due_date
owner: estate
needs: [estates]
message: "Estate {key}: nobody came forward; {rule} ran out on {due_date} ({arithmetic})."
*/
select key, rule, trigger_date, due_date, arithmetic, days_left, amount, currency
from deadlines
where object_type = 'estate' and status = 'OVERDUE' and rule in ('G-12', 'G-14.death', 'G-14.death.notice')
