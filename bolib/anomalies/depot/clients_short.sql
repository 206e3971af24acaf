/*
id: DEPOT-02
title: Which securities of clients are not all at the depositary?
rule: C3.client.assets
severity: CRITICAL
key: account, isin
amount: amount
currency: currency
date: since
owner: account
needs: [custody_positions, client_positions]
message: "{account} {name}: {arithmetic}, since {since} ({class}): {explanation}. Clients' securities are short by {lacking}."
*/
select
    b.account, b.isin, coalesce(b.name, b.isin) as name, b.class, -b.residual as lacking, b.since, b.age_days,
    b.arithmetic, b.explanation, b.amount,
    b.currency, d.theirs, d.dealt, d.clients, d.places
from depot_breaks b
join depot d on d.account = b.account and d.isin = b.isin
where d.clients <> 0 and b.residual < 0
