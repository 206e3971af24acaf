/*
id: JRN-11
title: Which large round amounts were written by hand?
rule: C2.entry.round
severity: MINOR
key: journal_code, entry_no
amount: debit
currency: EUR
date: entry_date
owner: journal
thresholds: {floor: 20000}
needs: [journal.origin]
message: "{journal_code} {entry_no} of {entry_date}: {debit}, a round amount by {entered_by}: {label}."
*/
select
    journal_code, entry_no, entry_date, debit, entered_by, approved_by, entered_at, document_ref, label, debit_account,
    credit_account, source_file, source_line
from entries
where origin = 'MANUAL' and debit >= $floor and right(cast(debit as string), 7) = '0000.00'
