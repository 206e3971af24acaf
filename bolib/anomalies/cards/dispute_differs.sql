/*
id: CLEAR-06
title: Which disputes name no clearing, or more than was cleared?
rule: RECO.card
severity: MAJOR
key: dispute_id
amount: amount
date: reported_on
owner: card
needs: [card_disputes, card_clearings]
message: "{dispute_id}: {amount} {currency} contested of {arn}, for which {cleared} was cleared."
*/
select
    d.dispute_id, d.arn, d.amount, d.currency, coalesce(c.amount, cast(0 as decimal(18,2))) as cleared, d.reported_on,
    d.source_file, d.source_line
from card_disputes d
left join (
    select arn, amount, currency from card_lines
    union all
    select arn, amount, currency from recalled_presentments
) c on c.arn = d.arn
where d.reported_on <= $as_of and (d.known_at is null or cast(d.known_at as date) <= $as_of)
    and (c.arn is null or d.currency = c.currency and d.amount > c.amount)
