/*
id: JRN-03
title: Which journals do not balance day by day, though their entries do?
rule: C-13
severity: MAJOR
key: journal_code
amount: largest
currency: EUR
date: first_day
owner: journal
message: "{journal_code}: {days} day(s) on which debit is not credit, first {first_day}, up to {largest} apart, because entries have lines on several days."
*/
select
    d.journal_code, count(*) as days, min(d.entry_date) as first_day, max(abs(d.debit - d.credit)) as largest,
    min(d.source_file) as source_file, min(d.source_line) as source_line
from (
    select
        j.journal_code, j.entry_date, cast(sum(j.debit) as decimal(18,2)) as debit,
        cast(sum(j.credit) as decimal(18,2)) as credit, min(e.source_file) as source_file, min(e.source_line) as source_line
    from journal j
    join entries e on e.journal_code = j.journal_code and e.entry_no = j.entry_no
    where e.debit = e.credit and e.entry_date <> e.last_date and j.entry_date <= $as_of
    group by j.journal_code, j.entry_date
) d
where d.debit <> d.credit
group by d.journal_code
