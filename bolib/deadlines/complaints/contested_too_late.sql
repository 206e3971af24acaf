/*
id: COMPL-12
title: Which payments are contested after the time the law gives?
rule: E-05
severity: MINOR
key: complaint_id
amount: amount
date: received_on
owner: complaint
needs: [complaints, card_clearings]
message: "{complaint_id}: contests {contested_key} of {cleared_on}, which could be reported until {latest} ({arithmetic}); it came on {received_on}."
*/
select
    c.complaint_id, c.customer_id, c.contested_key, p.cleared_on, c.received_on, l.latest, l.arithmetic, c.amount,
    c.currency, c.source_file, c.source_line, p.source_file as clearing_file, p.source_line as clearing_line
from complaints c
join card_clearings p on p.arn = c.contested_key
join claim_limits l on l.debited_on = p.cleared_on
where c.received_on > l.latest and c.received_on <= $as_of and c.answered_on is null
    and (c.known_at is null or cast(c.known_at as date) <= $as_of)
