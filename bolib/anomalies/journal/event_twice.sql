/*
id: JRN-20
title: Which operations were recorded more than once?
rule: C2.event.entries
severity: MAJOR
key: event_id
amount: debit
currency: EUR
date: entry_date
owner: journal
needs: [journal.event_id]
message: "{event_id}: {entries} entries, {first_entry} and {last_entry}, none of them a reversal: {debit} in all."
*/
select
    e.event_id, count(*) as entries, min(e.journal_code || ' ' || e.entry_no) as first_entry,
    max(e.journal_code || ' ' || e.entry_no) as last_entry,
    cast(sum(e.debit) as decimal(18,2)) as debit, max(e.entry_date) as entry_date, min(e.source_file) as source_file,
    min(e.source_line) as source_line
from (select event_id from entries where event_id is not null group by event_id having count(*) > 1) several
join entries e on e.event_id = several.event_id
left join entry_reversals r on r.journal_code = e.journal_code and r.entry_no = e.entry_no
where r.entry_no is null
group by e.event_id
having count(*) > 1
