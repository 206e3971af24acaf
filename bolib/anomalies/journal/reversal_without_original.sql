/*
id: JRN-16
title: Which reversals undo no entry, or not the whole of it?
rule: C-15
severity: MAJOR
key: journal_code, entry_no
amount: debit
currency: EUR
date: entry_date
owner: journal
needs: [journal.reverses]
message: "{journal_code} {entry_no} of {entry_date} reverses {reverses}: {fault}."
*/
select
    e.journal_code, e.entry_no, e.entry_date, e.reverses, e.debit, e.credit, o.debit as original_debit,
    o.credit as original_credit, e.entered_by, e.label, e.source_file, e.source_line, o.source_file as original_file,
    o.source_line as original_line,
    case
        when o.entry_no is null then 'there is no such entry'
        when o.entry_date > e.entry_date then 'that entry is dated later'
        else 'its amounts are not those of that entry, sides exchanged'
    end as fault
from entries e
join reversals r on r.journal_code = e.journal_code and r.entry_no = e.entry_no
left join entries o on o.journal_code = r.original_code and o.entry_no = r.original_no
where (
    o.entry_no is null or o.entry_date > e.entry_date or o.debit <> e.credit or o.credit <> e.debit
    or o.debit_account <> e.credit_account or o.credit_account <> e.debit_account
)
