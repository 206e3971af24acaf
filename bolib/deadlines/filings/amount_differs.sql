/*
id: FILING-11
title: Which declared amounts are not what the tables give?
rule: B.scope
severity: MAJOR
key: regime, object_id, period
amount: difference
date: event_on
owner: filing
needs: [reportable]
thresholds: {tolerated: 0.01}
message: "{regime} {object_id} {period}: {listed_amount} {currency} declared, {scope_amount} by the tables: {difference}."
*/
select
    regime, object_id, period, event_on, listed_amount, scope_amount,
    cast(listed_amount - scope_amount as decimal(18,2)) as difference, currency, source_file, source_line
from judged_filings
where state <> 'EXEMPTED' and state <> 'UNEXPLAINED' and listed_currency = scope_currency
    and abs(listed_amount - scope_amount) > $tolerated
