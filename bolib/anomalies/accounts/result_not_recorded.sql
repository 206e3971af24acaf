/*
id: ACC-05
title: Which published results are not those of the ledger?
rule: C-25.ledger
severity: MAJOR
key: book, date
amount: difference
date: date
owner: book
thresholds: {floor: 1000, percent: 1}
needs: [journal]
message: "{book}: a result of {total} {currency} was published for {date}, accounts {root} hold {recorded} in {lines} line(s): {difference} apart."
*/
select date, book, currency, total, recorded, recorded - total as difference, root, lines
from result_days
where abs(recorded - total) > $floor and abs(recorded - total) * 100 > $percent * abs(total)
