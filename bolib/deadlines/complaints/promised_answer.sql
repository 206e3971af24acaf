/*
id: COMPL-15
title: Which final answers did not come by the day their holding answer announced?
rule: F-02.promised
severity: MAJOR
key: complaint_id
amount: amount
date: due_date
owner: complaint
needs: [complaints]
thresholds: {looked_back_days: 20}
message: "{complaint_id} ({channel}, received {received_on}): the final answer was announced for {due_date}, {state}."
*/
select * from complaint_deadlines
where rule = 'F-02.promised' and (status = 'OVERDUE' or status = 'LATE' and done_days_ago <= $looked_back_days)
