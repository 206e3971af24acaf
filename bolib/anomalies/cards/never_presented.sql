/*
id: CLEAR-04
title: Which authorisations still hold the customer's money and were never presented?
rule: RECO.card
severity: MINOR
key: authorisation_id
amount: amount
date: authorised_on
owner: card
needs: [card_clearings, card_authorisations]
thresholds: {expected_days: 8}
message: "{authorisation_id}: {amount} {currency} authorised on {authorised_on} at {merchant}, {age_days} business days ago, never presented: release the hold."
*/
select
    u.authorisation_id, u.card, u.merchant, u.amount, u.currency, u.authorised_on, u.age_days, u.source_file, u.source_line
from uncleared u
left join card_orphans o on o.could_be = u.authorisation_id
where u.age_days > $expected_days and o.arn is null
