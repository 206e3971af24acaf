/*
id: JRN-23
title: Which entries were approved by the person who wrote them?
rule: H-07
severity: CRITICAL
key: journal_code, entry_no
amount: debit
currency: EUR
date: entry_date
owner: journal
needs: [journal.user, journal.approved_by]
message: "{journal_code} {entry_no} of {entry_date}: {debit} written and approved by {entered_by}: {label}."
*/
select
    journal_code, entry_no, entry_date, debit, entered_by, approved_by, entered_at, document_ref, label, source_file,
    source_line
from entries
where entered_by = approved_by
