/*
id: PNL-01
title: Is every cent of the result explained?
rule: PC.explained
severity: CRITICAL
key: book
amount: unexplained
date: date
owner: book
needs: [trades, prices]
thresholds: {floor: 0}
message: "{book}: {unexplained} {currency} of a result of {total} is not explained by the components."
*/
select date, book, currency, total, unexplained
from pnl_books
where date = $as_of and abs(unexplained) > $floor
