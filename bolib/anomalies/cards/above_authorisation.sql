/*
id: CLEAR-03
title: Which clearings are above what was authorised, or presented?
rule: RECO.card
severity: MAJOR
key: arn
amount: difference
date: cleared_on
owner: card
needs: [card_clearings, card_authorisations]
thresholds: {tolerated: 0}
message: "{arn}: {type} of {amount} {currency} on {cleared_on}, {difference} above the {allowed} {said} of {authorisation_id} ({merchant})."
*/
select
    j.arn, j.authorisation_id, j.type, j.card, j.account, j.merchant, j.amount, j.currency, j.cleared_on, j.allowed,
    case
        when j.type = 'PRESENTMENT' then 'authorised' when j.given_back > j.amount then 'still to give back' else 'presented'
    end as said, j.amount - j.allowed as difference, j.source_file, j.source_line, j.authorisation_file, j.authorisation_line
from card_judged j
where j.class = 'AMOUNT' and j.amount - j.allowed > $tolerated
