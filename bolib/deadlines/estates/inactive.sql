/*
id: ESTATE-08
title: Which quiet accounts must be told apart as inactive, or deposited?
rule: G-14.inactive
severity: MINOR
key: key, rule
date: due_date
owner: quiet_account
needs: [accounts]
message: "Account {key}: no operation or sign of its holder since {trigger_date}; {rule} ran out on {due_date} ({arithmetic})."
*/
select d.key, d.rule, d.trigger_date, d.due_date, d.arithmetic, d.days_left, a.source_file, a.source_line
from deadlines d
join accounts a on a.account = d.key
where d.object_type = 'quiet_account' and d.status = 'OVERDUE'
