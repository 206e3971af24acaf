/*
id: ACC-05
title: Which results are not those of the ledger?
rule: C-25.ledger
severity: MAJOR
key: book, date
amount: difference
date: date
owner: book
thresholds: {floor: 1000, percent: 1, estimate_percent: 5}
needs: [journal]
message: "{book}: the {stated_as} of {date} is {total} {currency}, accounts {roots} hold {recorded} in {lines} line(s): {difference} apart."
*/
select
    date, book, currency, total, stated_as, recorded, recorded - total as difference, roots, lines, source_file, source_line
from result_days
where abs(recorded - total) > $floor
    and abs(recorded - total) * 100 > $percent * abs(total)
    and (stated_as = 'official result' or abs(recorded - total) * 100 > $estimate_percent * abs(total))
