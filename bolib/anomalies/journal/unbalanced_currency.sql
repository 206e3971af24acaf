/*
id: JRN-02
title: Which entries balance in euro and not in their own currency?
rule: C-13
severity: MAJOR
key: journal_code, entry_no
amount: difference
date: entry_date
owner: journal
message: "{journal_code} {entry_no} of {entry_date}: balances in euro, {difference} {currency} apart in its own currency."
*/
select
    journal_code, entry_no, entry_date, lines, currency_balance as difference, currency, document_ref, label, entered_by,
    source_file, source_line
from entries
where currency_lines = lines and currency = last_currency and debit = credit and currency_balance <> 0
