/*
id: JRN-24
title: Which entries by hand did nobody approve?
rule: H-07
severity: MAJOR
key: journal_code, entry_no
amount: debit
currency: EUR
date: entry_date
owner: journal
thresholds: {floor: 0}
needs: [journal.origin]
message: "{journal_code} {entry_no} of {entry_date}: {debit} by {entered_by}, approved by nobody: {label}."
*/
select
    journal_code, entry_no, entry_date, debit, entered_by, entered_at, document_ref, label, source_file, source_line
from entries
where origin = 'MANUAL' and approved_by is null and debit >= $floor
