/*
id: ACC-04
title: Where do sub-ledger and general ledger differ?
rule: C-13
severity: MAJOR
key: ledger, reference
amount: difference
date: date
owner: account
needs: [ledger_lines, journal]
message: "{reference}: {ledger_amount} {currency} on {ledger} ({entry}, {ledger_date}), {sub_amount} in the sub-ledger {sub_account} ({sub_entry}, {sub_date})."
*/
select
    ledger, sub_account, reference, currency, ledger_amount, sub_amount, ledger_amount - sub_amount as difference, entry,
    ledger_date, sub_entry, sub_date, coalesce(ledger_date, sub_date) as date, source_file, source_line, sub_file, sub_line
from subledger_items
where ledger_amount <> sub_amount or ledger_date <> sub_date
