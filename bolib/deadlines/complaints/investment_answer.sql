/*
id: COMPL-06
title: Which complaints about investments were not answered in time?
rule: F-03.answer
severity: MAJOR
key: complaint_id
amount: amount
date: due_date
owner: complaint
needs: [complaints]
thresholds: {looked_back_days: 20}
message: "{complaint_id} ({channel}, received {received_on}): the answer was due {due_date}, {state} ({arithmetic})."
*/
select * from complaint_deadlines
where rule = 'F-03.answer' and (status = 'OVERDUE' or status = 'LATE' and done_days_ago <= $looked_back_days)
