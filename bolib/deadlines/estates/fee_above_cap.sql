/*
id: ESTATE-03
title: On which estates are the fees above what the law allows?
rule: G-05
severity: MAJOR
key: estate_id
amount: fees_charged
date: died_on
owner: estate
message: "{estate_id}: fees of {fees_charged} {currency} on {balance_at_death}, at most {fee_at_most} ({reason})."
*/
select
    e.estate_id, e.customer_id, e.died_on, e.balance_at_death, e.currency, e.fees_charged, l.fee_at_most, l.reason,
    e.direct_heir, e.minor, e.complex, e.source_file, e.source_line
from estates e
join estate_limits l on l.estate_id = e.estate_id
where e.fees_charged > l.fee_at_most and e.notified_on <= $as_of
    and (e.known_at is null or cast(e.known_at as date) <= $as_of)
