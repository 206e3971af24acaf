/* view: lines of entries of an operation that no line of its scheme explains. */
select
    j.journal_code, j.entry_no, j.event_id, e.trade_id, e.event_type, j.entry_date, e.settled_on, j.account as root,
    case when j.debit <> 0 then 'DEBIT' else 'CREDIT' end as side,
    case when j.currency = e.currency and e.currency <> 'EUR' then j.currency_amount else j.debit + j.credit end as recorded,
    e.currency, j.source_file, j.source_line, e.source_file as event_file, e.source_line as event_line
from event_lines j
join (
    select event_id, trade_id, event_type, settled_on, currency, min(source_file) as source_file, min(source_line) as source_line
    from scheme_lines
    group by event_id, trade_id, event_type, settled_on, currency
) e on e.event_id = j.event_id
left join scheme_lines s on s.event_id = j.event_id and s.root = substring(j.account, 1, length(s.root))
    and ((s.side = 'DEBIT' and j.debit <> 0) or (s.side = 'CREDIT' and j.credit <> 0))
where s.event_id is null
