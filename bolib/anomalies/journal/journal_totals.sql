/* view: each journal in figures: entries, lines, debit and credit, its first and last day, who fills it. */
select
    journal_code, min(journal_label) as journal_label, count(*) as entries, cast(sum(lines) as bigint) as lines,
    cast(sum(debit) as decimal(18,2)) as debit, cast(sum(credit) as decimal(18,2)) as credit,
    cast(sum(debit - credit) as decimal(18,2)) as difference, min(entry_date) as first_day, max(last_date) as last_day,
    cast(sum(case when origin = 'MANUAL' then 1 else 0 end) as bigint) as by_hand,
    count(distinct entered_by) as persons
from entries
group by journal_code
