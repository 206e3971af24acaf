/*
id: ESTATE-06
title: Which documents have heirs not sent after a long wait?
rule: G.documents
severity: MINOR
key: estate_id, document
amount: balance_at_death
date: requested_on
owner: estate
thresholds: {patience_days: 60}
message: "{estate_id}: {document} asked on {requested_on}, {days} business days ago; remind the heirs."
*/
select
    e.estate_id, e.customer_id, p.document, p.requested_on, now.day - asked.day as days, e.balance_at_death,
    e.currency, p.source_file, p.source_line
from estates e
join missing_papers p on p.estate_id = e.estate_id
join target_days now on now.date = $as_of
join target_days asked on asked.date = p.requested_on
where (e.assets_paid_on is null or e.assets_paid_on > $as_of) and (e.closed_on is null or e.closed_on > $as_of)
    and now.day - asked.day >= $patience_days and (e.known_at is null or cast(e.known_at as date) <= $as_of)
