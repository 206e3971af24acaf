/*
id: JRN-25
title: Which entries of a day stay just below the limit of approval, and together pass it?
rule: C2.limit.split
severity: MAJOR
key: entered_by, debit_account, credit_account, entry_date
amount: total
currency: EUR
date: entry_date
owner: journal
thresholds: {limit: 10000, near: 9000}
needs: [journal.origin, journal.user]
message: "{entered_by} wrote {entries} entries on {entry_date}, {debit_account} against {credit_account}, each below the limit of approval, {total} together: {first_entry} to {last_entry}."
*/
select
    entered_by, debit_account, credit_account, entry_date, count(*) as entries, cast(sum(debit) as decimal(18,2)) as total,
    max(debit) as largest, min(journal_code || ' ' || entry_no) as first_entry,
    max(journal_code || ' ' || entry_no) as last_entry, min(source_file) as source_file, min(source_line) as source_line
from entries
where origin = 'MANUAL' and debit < $limit and debit >= $near
group by entered_by, debit_account, credit_account, entry_date
having count(*) > 1
