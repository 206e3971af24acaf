/*
id: COMPL-07
title: Which complaints must be acknowledged or answered within days?
rule: F-07
severity: MINOR
key: complaint_id, rule
amount: amount
date: trigger_date
owner: complaint
needs: [complaints]
thresholds: {warning_days: 3}
message: "{complaint_id} ({channel}, received {received_on}): due {due_date}, {days_left} days left on its calendar ({rule}: {arithmetic})."
*/
select d.*
from complaint_deadlines d
left join silent_sources s on s.source_file = d.source_file
where d.status in ('OPEN', 'TODAY') and d.days_left <= $warning_days and s.source_file is null
