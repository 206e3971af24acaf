/*
id: ACC-02
title: Which balances moved otherwise than the journal?
rule: C-13
severity: CRITICAL
key: date, account
amount: difference
currency: EUR
date: date
owner: account
needs: [trial_balance, journal]
message: "{account} {account_label} on {date}: the balance moved by {debit} debit and {credit} credit, the journal by {journal_debit} and {journal_credit} in {journal_lines} line(s)."
*/
select
    date, account, account_label, debit, credit, journal_debit, journal_credit, journal_lines,
    abs(debit - journal_debit) + abs(credit - journal_credit) as difference, source_file, source_line
from account_balances
where debit <> journal_debit or credit <> journal_credit
