/*
id: JRN-06
title: Which entries were recorded twice?
rule: C2.entry.duplicate
severity: MAJOR
key: journal_code, entry_no
amount: debit
currency: EUR
date: entry_date
owner: journal
thresholds: {days: 10, most_sharing: 4}
needs: [journal]
message: "{journal_code} {entry_no} of {entry_date} has the document, the words and all {lines} lines of {twin} of {twin_date}: {debit}, {document_ref}."
*/
select
    t.journal_code, t.entry_no, t.entry_date, t.journal_code || ' ' || t.twin_no as twin, t.twin_date, t.lines, t.debit, t.document_ref, t.label, t.entered_by,
    t.source_file, t.source_line, t.twin_file, t.twin_line
from twin_entries t
join (
    select t.journal_code, t.entry_no, count(*) as same_lines
    from twin_entries t
    join twin_lines a on a.journal_code = t.journal_code and a.entry_no = t.entry_no
    join twin_lines b on b.journal_code = t.journal_code and b.entry_no = t.twin_no and b.place = a.place
        and b.account = a.account and b.aux_account = a.aux_account and b.debit = a.debit and b.credit = a.credit
    group by t.journal_code, t.entry_no
) s on s.journal_code = t.journal_code and s.entry_no = t.entry_no
join target_days now on now.date = t.entry_date
join target_days before on before.date = t.twin_date
left join reversals r on r.original_code = t.journal_code and r.original_no = t.twin_no
where s.same_lines = t.lines and r.entry_no is null
    and (t.entry_date = t.twin_date or (now.day - before.day <= $days and t.sharing <= $most_sharing))
