/*
id: CLEAR-02
title: Which payments were presented twice?
rule: RECO.card
severity: MAJOR
key: arn
amount: amount
date: cleared_on
owner: card
needs: [card_clearings, card_authorisations]
message: "{arn}: {amount} {currency} on {account}, cleared on {cleared_on} for {authorisation_id}, which {first_arn} had cleared already."
*/
select arn, authorisation_id, first_arn, card, account, amount, currency, cleared_on, merchant, source_file, source_line
from card_judged
where class = 'DUPLICATE'
