/*
id: ODD-04
title: Which cash operations are far from what their account usually does?
rule: U.payments
severity: MINOR
key: key, kind
amount: amount
date: day
owner: account
needs: [cash_operations]
message: "{key}: {sentence} ({chance})."
*/
select
    key, kind, state, day, sentence, field, value, other, other_value, seen, seen_other, expected, usual, usual_amount,
    low, high, known, score, scope, chance, amount, currency, source_file, source_line
from alerts
where block = 'cash_operations' and place = 'SHOWN'
