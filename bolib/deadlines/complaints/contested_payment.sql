/*
id: COMPL-11
title: Which contested payments were neither refunded nor refused in time?
rule: F-07
severity: MAJOR
key: complaint_id, rule
amount: amount
date: due_date
owner: complaint
needs: [complaints]
thresholds: {looked_back_days: 20}
message: "{complaint_id} ({channel}, received {received_on}) contests a payment: {rule} ran out on {due_date}, {state} ({arithmetic})."
*/
select * from complaint_deadlines
where rule in ('E-03', 'E-06.answer') and (status = 'OVERDUE' or status = 'LATE' and done_days_ago <= $looked_back_days)
