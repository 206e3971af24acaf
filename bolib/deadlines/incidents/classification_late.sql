/*
id: INCID-01
title: Which incidents were not classified within the day?
rule: H-06.classification
severity: MAJOR
key: incident_id
amount: amount
date: trigger_date
owner: incident
needs: [incidents]
thresholds: {looked_back_days: 60}
message: "{incident_id} ({cause}): known {aware_at}, its classification was due {due_at}, {state} ({arithmetic})."
*/
select * from incident_reports
where stage = 'classification' and (status = 'OVERDUE' or status = 'LATE' and done_days_ago <= $looked_back_days)
