/*
id: ODD-06
title: Which instalments differ from the others of their loan?
rule: U.instalments
severity: MINOR
key: key, kind
amount: amount
date: day
owner: loan
needs: [instalments]
message: "{key}: {sentence} ({chance})."
*/
select
    key, kind, state, day, sentence, field, value, other, other_value, seen, seen_other, expected, usual, usual_amount,
    low, high, known, score, scope, chance, amount, currency, source_file, source_line
from alerts
where block = 'instalments' and place = 'SHOWN'
