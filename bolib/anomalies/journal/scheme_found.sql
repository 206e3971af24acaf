/* view: what each entry of an operation records on each line of its scheme, in the currency of the operation. */
select
    j.journal_code, j.entry_no, s.event_id, s.line_no,
    cast(sum(
        case when j.currency = s.currency and s.currency <> 'EUR' then j.currency_amount else j.debit + j.credit end
    ) as decimal(18,2)) as recorded
from event_lines j
join scheme_lines s on s.event_id = j.event_id and s.root = substring(j.account, 1, length(s.root))
    and ((s.side = 'DEBIT' and j.debit <> 0) or (s.side = 'CREDIT' and j.credit <> 0))
group by j.journal_code, j.entry_no, s.event_id, s.line_no
