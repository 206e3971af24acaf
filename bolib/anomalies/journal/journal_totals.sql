/* view: each journal in figures: entries, lines, debit and credit, numbers missing, its first and last day, who fills it. */
select
    e.journal_code, min(l.journal_label) as journal_label, count(*) as entries, cast(sum(e.lines) as bigint) as lines,
    cast(sum(e.debit) as decimal(18,2)) as debit, cast(sum(e.credit) as decimal(18,2)) as credit,
    cast(sum(e.debit - e.credit) as decimal(18,2)) as difference, min(e.entry_date) as first_day, max(e.last_date) as last_day,
    cast(sum(case when e.origin = 'MANUAL' then 1 else 0 end) as bigint) as by_hand,
    count(distinct e.entered_by) as persons, max(coalesce(g.missing, 0)) as missing
from entries e
join journal_labels l on l.journal_code = e.journal_code
left join (select journal_code, cast(sum(missing) as bigint) as missing from number_gaps group by journal_code) g
    on g.journal_code = e.journal_code
group by e.journal_code
