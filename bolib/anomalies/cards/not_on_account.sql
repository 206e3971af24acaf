/*
id: CLEAR-05
title: Which clearings are not on the account for what they are?
rule: RECO.card
severity: MAJOR
key: arn
amount: due
date: cleared_on
owner: card
needs: [card_clearings, ledger_lines]
message: "{arn}: {due} {currency} of {cleared_on} should stand on {account}, where {booked} stands in {entries} entries."
*/
select
    arn, account, type, due, coalesce(booked, cast(0 as decimal(18,2))) as booked, coalesce(entries, 0) as entries,
    currency, cleared_on, source_file, source_line, ledger_file, ledger_line
from account_lines
where booked is null or booked <> due
