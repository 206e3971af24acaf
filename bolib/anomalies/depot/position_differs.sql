/*
id: DEPOT-01
title: Which holdings differ from ours once everything is explained?
rule: C-13
severity: MAJOR
key: account, isin
amount: amount
currency: currency
date: since
owner: account
needs: [custody_positions, account_books]
message: "{account} {name}: {arithmetic}, since {since} ({class}): {explanation}."
*/
select
    b.account, b.isin, coalesce(b.name, b.isin) as name, b.class, b.residual, b.since, b.age_days, b.arithmetic,
    b.explanation, b.amount, b.currency,
    d.theirs, d.dealt, d.receipts, d.deliveries, d.clients, d.explained, d.reasons, d.places
from depot_breaks b
join depot d on d.account = b.account and d.isin = b.isin
where d.clients = 0 or b.residual > 0
