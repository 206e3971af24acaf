/*
id: PNL-02
title: Does the front office's estimate agree with the official result?
rule: PC.flash
severity: MAJOR
key: book
amount: difference
date: date
owner: book
needs: [pnl_flash, trades, prices]
thresholds: {floor: 1000, percent: 10}
message: "{book}: official {total} {currency}, flash {flash}: {difference} apart, above {floor} and {percent} % of the flash."
*/
select date, book, currency, total, flash, difference, $floor as floor, $percent as percent
from pnl_books
where date = $as_of and abs(difference) > $floor and abs(difference) * 100 > abs(flash) * $percent
