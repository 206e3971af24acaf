/*
id: JRN-01
title: Which entries do not balance?
rule: C-05
severity: CRITICAL
key: journal_code, entry_no
amount: difference
currency: EUR
date: entry_date
owner: journal
message: "{journal_code} {entry_no} of {entry_date}: debit {debit}, credit {credit}, {difference} apart in {lines} lines."
*/
select
    journal_code, entry_no, entry_date, lines, debit, credit, debit - credit as difference, document_ref, label, entered_by,
    source_file, source_line
from entries
where debit <> credit
