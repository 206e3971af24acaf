/*
id: JRN-27
title: Which journals hold entries that nobody has validated?
rule: C-05
severity: MINOR
key: journal_code
amount: debit
currency: EUR
date: first_day
owner: journal
thresholds: {days: 22}
needs: [journal]
message: "{journal_code}: entries not validated after {days} business days: {entries}, {debit} in all, the oldest of {first_day}."
*/
select
    e.journal_code, count(*) as entries, cast(sum(e.debit) as decimal(18,2)) as debit, min(e.entry_date) as first_day,
    min(e.source_file) as source_file, min(e.source_line) as source_line, cast($days as bigint) as days
from entries e
join target_days now on now.date = $as_of
left join target_days own on own.date = e.entry_date -- none where it is older than the calendar
where e.validated_lines < e.lines and coalesce(now.day - own.day > $days, true)
group by e.journal_code
