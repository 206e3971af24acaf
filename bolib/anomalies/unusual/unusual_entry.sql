/*
id: ODD-03
title: Which journal entries are unlike any before them?
rule: U.entries
severity: MAJOR
key: key, kind
amount: amount
date: day
owner: journal
needs: [journal]
message: "{key}: {sentence} ({chance})."
*/
select
    key, kind, state, day, sentence, field, value, other, other_value, seen, seen_other, expected, usual, usual_amount,
    low, high, known, score, scope, chance, amount, currency, source_file, source_line
from alerts
where block = 'journal' and place = 'SHOWN'
