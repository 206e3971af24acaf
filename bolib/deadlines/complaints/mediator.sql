/*
id: COMPL-09
title: Which complaints were refused without naming the mediator?
rule: F-06
severity: MAJOR
key: complaint_id
amount: amount
date: answered_on
owner: complaint
thresholds: {looked_back_days: 20}
message: "{complaint_id} ({channel}): {outcome} on {answered_on}, the answer does not name the mediator."
*/
select
    c.complaint_id, c.customer_id, c.kind, c.channel, c.subject, c.outcome, c.answered_on, c.mediator_named,
    c.amount, c.currency, c.source_file, c.source_line
from complaints c
join target_days now on now.date = $as_of
join target_days answered on answered.date = c.answered_on
where lower(c.outcome) in ('refused', 'partly refused', 'rejected', 'partly upheld') and not coalesce(c.mediator_named, false)
    and c.answered_on <= $as_of and now.day - answered.day <= $looked_back_days
    and (c.known_at is null or cast(c.known_at as date) <= $as_of)
