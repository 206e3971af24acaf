/*
id: ODD-08
title: Which payments differ from the others on their loan?
rule: U.instalments
severity: MINOR
key: key, kind
amount: amount
date: day
owner: loan
needs: [payments, instalments]
message: "{key}: {sentence} ({chance})."
*/
select
    key, kind, state, day, sentence, field, value, other, other_value, seen, seen_other, expected, usual, usual_amount,
    low, high, known, score, scope, chance, amount, currency, source_file, source_line
from alerts
where block = 'payments' and place = 'SHOWN'
