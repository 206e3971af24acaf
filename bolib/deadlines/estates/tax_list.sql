/*
id: ESTATE-02
title: For which estates paid out was the tax office not told in time?
rule: G-08
severity: MAJOR
key: estate_id
amount: balance_at_death
date: due_date
owner: estate
needs: [estates]
thresholds: {looked_back_days: 60}
message: "{estate_id}: paid out on {assets_paid_on}, the list for the tax office was due {due_date}, {state} ({arithmetic})."
*/
select d.*
from estate_deadlines d
join target_days now on now.date = $as_of
left join target_days done on done.date = d.done_on
where d.rule = 'G-08' and (d.status = 'OVERDUE' or d.status = 'LATE' and now.day - done.day <= $looked_back_days)
