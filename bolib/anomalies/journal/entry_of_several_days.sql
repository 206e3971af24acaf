/*
id: JRN-28
title: Which entries have lines of several dates?
rule: C-05
severity: MINOR
key: journal_code, entry_no
amount: debit
currency: EUR
date: entry_date
owner: journal
needs: [journal]
message: "{journal_code} {entry_no}: {lines} lines dated from {entry_date} to {last_date} under one number."
*/
select journal_code, entry_no, entry_date, last_date, lines, debit, credit, label, source_file, source_line
from entries
where entry_date <> last_date
