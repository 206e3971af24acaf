/*
id: ODD-02
title: Which prices left their market, or stopped moving?
rule: U.prices
severity: MAJOR
key: key, kind
amount: amount
date: day
owner: isin
needs: [prices, instruments]
message: "{key}: {sentence} ({chance})."
*/
select
    key, kind, state, day, sentence, field, value, other, other_value, seen, seen_other, expected, usual, usual_amount,
    low, high, known, score, scope, chance, amount, currency, source_file, source_line
from alerts
where block = 'prices' and place = 'SHOWN'
