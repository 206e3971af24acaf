/*
id: JRN-12
title: Which entries by hand touch an account that interfaces keep?
rule: C2.entry.manual
severity: MAJOR
key: journal_code, entry_no, account
amount: amount
currency: EUR
date: entry_date
owner: journal
thresholds: {least_lines: 50, most_percent: 2}
needs: [journal.origin]
message: "{journal_code} {entry_no} of {entry_date}: {amount} by {entered_by} on {account} {account_label}, of which interfaces wrote {auto_lines} of {lines} lines: {label}."
*/
select
    j.journal_code, j.entry_no, j.account, u.account_label, j.entry_date, j.debit + j.credit as amount,
    j.user as entered_by, j.approved_by, j.label, j.document_ref, u.lines, u.auto_lines, u.manual_lines, j.source_file,
    j.source_line
from journal j
join accounts_used u on u.account = j.account
where j.origin = 'MANUAL' and j.entry_date <= $as_of
    and (j.entered_at is null or cast(j.entered_at as date) <= $as_of) and u.lines >= $least_lines
    and u.manual_lines * 100 <= $most_percent * u.lines
