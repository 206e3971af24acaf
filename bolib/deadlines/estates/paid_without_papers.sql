/*
id: ESTATE-05
title: Which estates were paid out while a document was missing?
rule: G.documents
severity: MAJOR
key: estate_id, document
amount: balance_at_death
date: assets_paid_on
owner: estate
message: "{estate_id}: paid out on {assets_paid_on}, {document} asked on {requested_on} had not come."
*/
select
    e.estate_id, e.customer_id, p.document, p.requested_on, e.assets_paid_on, e.balance_at_death, e.currency,
    p.source_file, p.source_line
from estates e
join missing_papers p on p.estate_id = e.estate_id
where e.assets_paid_on <= $as_of and (e.known_at is null or cast(e.known_at as date) <= $as_of)
