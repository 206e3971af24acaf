/*
id: ODD-10
title: Which positions do not follow from those of the evening before?
rule: U.positions
severity: MAJOR
key: key, kind
amount: amount
date: day
owner: account
needs: [custody_positions, account_books]
message: "{key}: {sentence} ({chance})."
*/
select
    key, kind, state, day, sentence, field, value, other, other_value, seen, seen_other, expected, usual, usual_amount,
    low, high, known, score, scope, chance, amount, currency, source_file, source_line
from alerts
where block = 'positions' and place = 'SHOWN'
