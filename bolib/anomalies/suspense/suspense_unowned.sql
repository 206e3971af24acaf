/*
id: SUS-02
title: Which items in suspense does nobody answer for?
rule: C-16
severity: MAJOR
key: item
amount: amount
currency: EUR
date: entry_date
owner: account
needs: [journal, owners]
message: "{item} on {account}: {amount} (debit positive) of {entry_date}, and no owner of the account: {label}."
*/
select item, account, entry_date, amount, age_days, label, document_ref, source_file, source_line
from suspense_items
where owner is null
