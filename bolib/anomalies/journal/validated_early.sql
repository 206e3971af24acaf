/*
id: JRN-26
title: Which entries were validated before their date?
rule: C-05
severity: MINOR
key: journal_code, entry_no
amount: debit
currency: EUR
date: entry_date
owner: journal
needs: [journal]
message: "{journal_code} {entry_no}, dated {entry_date}, was validated {validated_on}, before its date."
*/
select journal_code, entry_no, entry_date, validated_on, debit, entered_by, label, source_file, source_line
from entries
where validated_on < entry_date
