/*
id: ODD-09
title: Which results part from their estimate as they never did?
rule: U.results
severity: MAJOR
key: key, kind
amount: amount
date: day
owner: book
needs: [pnl_flash]
message: "{key}: {sentence} ({chance})."
*/
select
    key, kind, state, day, sentence, field, value, other, other_value, seen, seen_other, expected, usual, usual_amount,
    low, high, known, score, scope, chance, amount, currency, source_file, source_line
from alerts
where block = 'pnl_books' and place = 'SHOWN'
