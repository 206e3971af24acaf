/*
id: CARD-03
title: Which payments were cleared later than their scheme allows?
rule: E2.presentment.present
severity: MINOR
key: arn
amount: amount
date: cleared_on
owner: card
needs: [card_clearings, card_authorisations]
thresholds: {looked_back_days: 20}
message: "{arn}: {amount} {currency} authorised on {authorised_on} ({channel}), cleared on {cleared_on}, at the latest {latest} ({arithmetic}): it may be refused."
*/
select
    c.arn, c.authorisation_id, c.card, c.account, c.amount, c.currency, a.channel, a.merchant,
    l.authorised_on, c.cleared_on, l.latest, l.arithmetic, c.source_file, c.source_line,
    a.source_file as authorisation_file, a.source_line as authorisation_line
from card_clearings c
join card_authorisations a on a.authorisation_id = c.authorisation_id
join presentment_limits l on l.channel = a.channel and l.authorised_on = cast(a.authorised_at as date)
join target_days now on now.date = $as_of
join target_days cleared on cleared.date = c.cleared_on
where c.type = 'PRESENTMENT' and c.cleared_on > l.latest and c.cleared_on <= $as_of
    and now.day - cleared.day <= $looked_back_days and (c.known_at is null or cast(c.known_at as date) <= $as_of)
