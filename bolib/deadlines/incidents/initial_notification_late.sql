/*
id: INCID-02
title: Which major incidents were not notified in time?
rule: H-06.initial
severity: MAJOR
key: incident_id
amount: amount
date: trigger_date
owner: incident
needs: [incidents]
thresholds: {looked_back_days: 60}
message: "{incident_id} ({cause}): known {aware_at}, classified {classified_at}; the initial notification was due {due_at}, {state} ({rule}: {arithmetic})."
*/
select * from incident_reports
where stage = 'initial notification' and (status = 'OVERDUE' or status = 'LATE' and done_days_ago <= $looked_back_days)
