/*
id: JRN-07
title: Which entries were written into a locked period?
rule: C-15
severity: CRITICAL
key: journal_code, entry_no
amount: debit
currency: EUR
date: entry_date
owner: journal
needs: [closings, journal.entered_at]
message: "{journal_code} {entry_no}, dated {entry_date}, was entered {entered_at} by {entered_by}; {period} was locked {locked_at}."
*/
-- the lock of the day goes before that of the month; locks are sought once a date of a journal, not once an entry
select
    e.journal_code, e.entry_no, e.entry_date, e.entered_at, e.entered_by, e.debit, e.document_ref, e.label,
    case when e.entered_at >= k.day_locked_at then k.day else k.month end as period,
    case when e.entered_at >= k.day_locked_at then k.day_locked_at else k.month_locked_at end as locked_at,
    e.source_file, e.source_line,
    case when e.entered_at >= k.day_locked_at then k.day_file else k.month_file end as closing_file,
    case when e.entered_at >= k.day_locked_at then k.day_line else k.month_line end as closing_line
from (
    select
        t.journal_code, t.entry_date, d.period as day, d.locked_at as day_locked_at, d.source_file as day_file,
        d.source_line as day_line, m.period as month, m.locked_at as month_locked_at, m.source_file as month_file,
        m.source_line as month_line
    from (select distinct journal_code, entry_date from entries) t
    left join closings d on d.journal_code = t.journal_code and d.period = cast(t.entry_date as string)
    left join closings m on m.journal_code = t.journal_code and m.period = substring(cast(t.entry_date as string), 1, 7)
) k
join entries e on e.journal_code = k.journal_code and e.entry_date = k.entry_date
    and (e.entered_at >= k.day_locked_at or e.entered_at >= k.month_locked_at)
