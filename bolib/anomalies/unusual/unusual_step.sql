/*
id: ODD-07
title: Which steps of own processing came in an order, by a person or at an hour never seen?
rule: U.steps
severity: MINOR
key: key, kind
amount: amount
date: day
owner: trade
needs: [events]
message: "{key}: {sentence} ({chance})."
*/
select
    key, kind, state, day, sentence, field, value, other, other_value, seen, seen_other, expected, usual, usual_amount,
    low, high, known, score, scope, chance, amount, currency, source_file, source_line
from alerts
where block = 'events' and place = 'SHOWN'
