/*
id: INCID-04
title: Which final reports on major incidents were not sent in time?
rule: H-06.final
severity: MAJOR
key: incident_id
amount: amount
date: trigger_date
owner: incident
needs: [incidents]
thresholds: {looked_back_days: 60}
message: "{incident_id} ({cause}): the final report was due {due_date}, {state} ({rule}: {arithmetic})."
*/
select * from incident_reports
where stage = 'final report' and (status = 'OVERDUE' or status = 'LATE' and done_days_ago <= $looked_back_days)
