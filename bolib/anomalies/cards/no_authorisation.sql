/*
id: CLEAR-01
title: Which clearings name no authorisation, or no payment to give back?
rule: RECO.card
severity: MAJOR
key: arn
amount: amount
date: cleared_on
owner: card
needs: [card_clearings, card_authorisations]
message: "{arn}: {type} of {amount} {currency} on {account}, cleared on {cleared_on}: no authorisation of the bank answers to it; it could be {could_be}."
*/
select arn, type, card, account, amount, currency, cleared_on, could_be, source_file, source_line
from card_judged
where class = 'MISSING_OURS'
