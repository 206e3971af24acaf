/*
id: INCID-03
title: Which intermediate reports on major incidents were not sent in time?
rule: H-06.intermediate
severity: MAJOR
key: incident_id
amount: amount
date: trigger_date
owner: incident
needs: [incidents]
thresholds: {looked_back_days: 60}
message: "{incident_id} ({cause}): the intermediate report was due {due_at}, {state} ({rule}: {arithmetic})."
*/
select * from incident_reports
where stage = 'intermediate report' and (status = 'OVERDUE' or status = 'LATE' and done_days_ago <= $looked_back_days)
