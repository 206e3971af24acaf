/*
id: ESTATE-01
title: Which accounts of the deceased were not blocked at once?
rule: G-01
severity: MAJOR
key: estate_id
amount: balance_at_death
date: due_date
owner: estate
needs: [estates]
thresholds: {looked_back_days: 60}
message: "{estate_id}: the bank knew on {notified_on}, blocking was due {due_date}, {state} ({blocked_on}); {arithmetic}."
*/
select d.*
from estate_deadlines d
join target_days now on now.date = $as_of
left join target_days done on done.date = d.done_on
where d.rule = 'G-01' and (d.status = 'OVERDUE' or d.status = 'LATE' and now.day - done.day <= $looked_back_days)
