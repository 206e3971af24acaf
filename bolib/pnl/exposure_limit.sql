/*
id: PNL-16
title: Which books are beyond their limit of exposure?
rule: C3.limit
severity: CRITICAL
key: book
amount: exposure
date: date
owner: book
needs: [trades, prices, limits]
message: "{book}: {exposure} {currency} of positions, long and short added up, beyond the limit of {limit_amount} {currency} since {valid_from}, approved by {approved_by}."
*/
select
    e.date, e.book, e.currency, e.exposure, l.amount as limit_amount, l.valid_from, l.approved_by,
    l.source_file as limit_file, l.source_line as limit_line
from exposures_by_day e
join (
    select l.*, lead(valid_from) over (partition by subject, kind order by valid_from) as next_from from limits l
) l on l.subject = e.book and l.kind = 'EXPOSURE' and l.currency = e.currency and l.valid_from <= e.date
    and (l.valid_to is null or e.date <= l.valid_to) and (l.next_from is null or e.date < l.next_from)
where e.date = $as_of and e.exposure > l.amount
