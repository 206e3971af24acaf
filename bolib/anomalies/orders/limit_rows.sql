/* view: every limit, with the rate of the evening that turns it into euros. */
select
    l.subject, l.kind, l.valid_from, l.valid_to, l.next_from, l.amount as gross, l.currency, l.approved_by,
    cast(0 as decimal(18,2)) as accrued, cast(0 as decimal(18,2)) as fees, cast(0 as decimal(18,2)) as taxes, e.rate,
    cast(1 as decimal(18,8)) as book_rate, l.source_file as limit_file, l.source_line as limit_line
from limit_spans l
left join euro_rates e on e.currency = l.currency and e.date = $as_of
