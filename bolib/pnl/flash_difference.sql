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
select
    b.date, b.book, b.currency, b.total, b.flash, b.difference, $floor as floor, $percent as percent,
    f.source_file, f.source_line
from pnl_books b
left join pnl_flash f on f.date = b.date and f.book = b.book
where b.date = $as_of and abs(b.difference) > $floor and abs(b.difference) * 100 > abs(b.flash) * $percent
