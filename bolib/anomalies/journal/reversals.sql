/* view: entries that undo another, and which: named with its journal, or by its number in the same journal. */
select
    e.journal_code, e.entry_no, coalesce(o.journal_code, n.journal_code) as original_code,
    coalesce(o.entry_no, n.entry_no) as original_no
from entries e
left join ( -- inner, so that the few that are named are sought among all, and not all made ready for the few
    select w.reverses, o.journal_code, o.entry_no
    from (select distinct reverses from entries where reverses is not null) w
    join entries o on o.journal_code || ' ' || o.entry_no = w.reverses
) o on o.reverses = e.reverses
left join entries n on n.journal_code = e.journal_code and n.entry_no = e.reverses
where e.reverses is not null
