/*
id: ODD-05
title: Which card payments are unlike any before them?
rule: U.payments
severity: MINOR
key: key, kind
amount: amount
date: day
owner: card
needs: [card_authorisations]
message: "{key}: {sentence} ({chance})."
*/
select
    key, kind, state, day, sentence, field, value, other, other_value, seen, seen_other, expected, usual, usual_amount,
    low, high, known, score, scope, chance, amount, currency, source_file, source_line
from alerts
where block = 'card_authorisations' and place = 'SHOWN'
