/* view: entries that undo another, and which: named with its journal, or by its number in the same journal. */
select e.entry, coalesce(o.entry, n.entry) as original
from entries e
left join entries o on o.entry = e.reverses
left join entries n on n.journal_code = e.journal_code and n.entry_no = e.reverses
where e.reverses is not null
