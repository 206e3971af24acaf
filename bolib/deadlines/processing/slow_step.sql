/*
id: PROC-01
title: Which steps are waited for longer this month than usual?
rule: PROC.usual
severity: MINOR
key: object_type, activity
owner: process
needs: [events]
thresholds: {smallest: 20, percent: 150, floor_hours: 0.25}
message: "{object_type}, {activity}: half of the {month_waits} waits of this month lasted {month_business_hours} business hours or more, against {usual_business_hours} of {usual_waits} in the months before."
*/
select *
from process
where month_waits >= $smallest and usual_waits >= $smallest
    and month_business_hours >= usual_business_hours + $floor_hours
    and month_business_hours * 100 > $percent * usual_business_hours
