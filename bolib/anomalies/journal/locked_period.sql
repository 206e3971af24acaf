/*
id: JRN-07
title: Which entries were written into a locked period?
rule: C-15
severity: CRITICAL
key: journal_code, entry_no
amount: debit
date: entry_date
owner: journal
message: "{journal_code} {entry_no}, dated {entry_date}, was entered {entered_at} by {entered_by}; {period} was locked {locked_at}."
*/
select
    e.journal_code, e.entry_no, e.entry_date, e.entered_at, e.entered_by, e.debit, e.document_ref, e.label,
    coalesce(d.period, m.period) as period, coalesce(d.locked_at, m.locked_at) as locked_at, e.source_file, e.source_line,
    coalesce(d.source_file, m.source_file) as closing_file, coalesce(d.source_line, m.source_line) as closing_line
from entries e
left join closings d
    on d.journal_code = e.journal_code and d.period = cast(e.entry_date as string) and e.entered_at >= d.locked_at
left join closings m
    on m.journal_code = e.journal_code and m.period = substring(cast(e.entry_date as string), 1, 7)
    and e.entered_at >= m.locked_at
where coalesce(d.period, m.period) is not null
