/*
id: JRN-08
title: Which entries are dated on a day the bank is closed?
rule: C2.entry.day
severity: MINOR
key: journal_code, entry_date
amount: debit
currency: EUR
date: entry_date
owner: journal
needs: [journal]
message: "{journal_code}: entries dated {entry_date}, {closed}: {entries}, {debit} in all, the first {first_no}."
*/
select
    e.journal_code, e.entry_date, count(*) as entries, cast(sum(e.debit) as decimal(18,2)) as debit,
    case when min(c.date) is null then 'a weekend or holiday' else 'on which the bank is closed' end as closed,
    min(e.entry_no) as first_no, min(e.source_file) as source_file, min(e.source_line) as source_line
from entries e
join target_days d on d.date = e.entry_date
left join own_closing_days c on c.date = e.entry_date
join fiscal_years y on e.entry_date >= y.first_date and e.entry_date < y.until_date
left join opening_journals o on o.journal_code = e.journal_code and e.entry_date < y.opening_until
where (not d.open or c.date is not null) and coalesce(e.origin, 'MANUAL') <> 'AUTO' and o.journal_code is null
group by e.journal_code, e.entry_date
