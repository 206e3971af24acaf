/*
id: JRN-10
title: Which entries were recorded long after their date?
rule: C2.entry.backdated
severity: MINOR
key: journal_code, entry_no
amount: debit
currency: EUR
date: entry_date
owner: journal
thresholds: {days: 5}
needs: [journal.entered_at]
message: "{journal_code} {entry_no}, dated {entry_date}, was entered {entered_at} by {entered_by}, {days_late} business days later: {debit}, {label}."
*/
select
    e.journal_code, e.entry_no, e.entry_date, e.entered_at, e.entered_by, later.day - coalesce(own.day, first.day) as days_late,
    e.debit, e.document_ref, e.label, e.source_file, e.source_line
from entries e
join target_days later on later.date = cast(e.entered_at as date)
left join target_days own on own.date = e.entry_date
join (select min(day) as day from target_days) first on later.day >= first.day -- an older entry is late by more
where later.day - coalesce(own.day, first.day) > $days
