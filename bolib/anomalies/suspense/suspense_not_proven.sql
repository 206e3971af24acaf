/*
id: SUS-05
title: On which suspense accounts do the open items not make the balance?
rule: C-13
severity: CRITICAL
key: account
amount: gap
currency: EUR
date: date
owner: account
needs: [journal]
message: "{account} {account_label}: {items} open items, {debits} debit and {credits} credit, and {opening} from before make another balance than {closing} on {date}: {gap} left over."
*/
select account, account_label, closing, opening, items, debits, credits, gap, date, source_file, source_line
from suspense_proof
where gap <> 0
