/*
id: COMPL-05
title: Which complaints about investments were not acknowledged in time?
rule: F-03.ack
severity: MINOR
key: complaint_id
amount: amount
date: due_date
owner: complaint
needs: [complaints]
thresholds: {looked_back_days: 20}
message: "{complaint_id} ({channel}, received {received_on}): the acknowledgement was due {due_date}, {state} ({arithmetic})."
*/
select * from complaint_deadlines
where rule = 'F-03.ack' and (status = 'OVERDUE' or status = 'LATE' and done_days_ago <= $looked_back_days)
