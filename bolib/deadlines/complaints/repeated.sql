/*
id: COMPL-10
title: Which customers complain again about the same thing?
rule: F.repeated
severity: MINOR
key: complaint_id
amount: amount
date: received_on
owner: complaint
thresholds: {looked_back_days: 120}
message: "{complaint_id}: {customer_id} complains again about {subject}; {earlier} of the kind came in the {looked_back_days} business days before, the last on {before}."
*/
select
    c.complaint_id, c.customer_id, c.kind, c.channel, c.subject, c.received_on, max(b.received_on) as before,
    cast(count(*) as bigint) as earlier, cast($looked_back_days as bigint) as looked_back_days, c.amount, c.currency,
    c.source_file, c.source_line
from complaints c
join complaints b on b.customer_id = c.customer_id and b.subject = c.subject and b.received_on < c.received_on
join target_days received on received.date = c.received_on
join target_days before on before.date = b.received_on
where c.answered_on is null and c.received_on <= $as_of and received.day - before.day <= $looked_back_days
    and (c.known_at is null or cast(c.known_at as date) <= $as_of)
group by
    c.complaint_id, c.customer_id, c.kind, c.channel, c.subject, c.received_on, c.amount, c.currency,
    c.source_file, c.source_line
