/*
id: ESTATE-04
title: Where were funeral costs paid beyond the ceiling or the balance?
rule: G-03
severity: MAJOR
key: estate_id
amount: funeral_paid
date: died_on
owner: estate
message: "{estate_id}: funeral costs of {funeral_paid} {currency} paid, the ceiling is {funeral_at_most} and the balance at death was {balance_at_death}."
*/
select
    e.estate_id, e.customer_id, e.died_on, e.balance_at_death, e.currency, e.funeral_paid, l.funeral_at_most,
    e.source_file, e.source_line
from estates e
join estate_limits l on l.estate_id = e.estate_id
where (e.funeral_paid > l.funeral_at_most or e.funeral_paid > e.balance_at_death) and e.notified_on <= $as_of
    and (e.known_at is null or cast(e.known_at as date) <= $as_of)
