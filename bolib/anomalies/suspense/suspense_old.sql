/*
id: SUS-01
title: Which items have stood in suspense for too long?
rule: C-16
severity: MAJOR
key: item
amount: amount
currency: EUR
date: entry_date
owner: account
needs: [journal]
message: "{item} on {account}: {amount} (debit positive) of {entry_date}, {age_days} days old, {stage}: {label}. Proposed: {proposal}."
*/
select
    item, account, entry_date, amount, side, age_days, band, owner, label, document_ref, twin, replace(lower(stage), '_', ' ') as stage,
    proposal, approver, percent, provision, source_file, source_line
from suspense_items
where stage <> 'WATCHED'
