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
message: "{arn}: {type} of {amount} {currency} on {cleared_on}, {difference} above the {allowed} of {authorisation_id} ({merchant})."
*/
select
    j.arn, j.authorisation_id, j.type, j.card, j.account, j.merchant, j.amount, j.currency, j.cleared_on, j.allowed,
    j.amount - j.allowed as difference, j.source_file, j.source_line, j.authorisation_file, j.authorisation_line
from (select *, case when type = 'PRESENTMENT' then authorised else presented end as allowed from card_judged) j
where j.class = 'AMOUNT' and j.amount - j.allowed > $tolerated
