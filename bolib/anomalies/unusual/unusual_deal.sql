/*
id: ODD-01
title: Which deals are unlike any before them?
rule: U.deals
severity: MAJOR
key: key, kind
amount: amount
date: day
owner: trade
needs: [trades]
message: "{key}: {sentence} ({chance})."
*/
select
    key, kind, state, day, sentence, field, value, other, other_value, seen, seen_other, expected, usual, usual_amount,
    low, high, known, score, scope, chance, amount, currency, source_file, source_line
from alerts
where block = 'trades' and place = 'SHOWN'
