/*
id: CARD-05
title: Which disputes are at a stage without a clock?
rule: E2.stage.known
severity: MAJOR
key: dispute_id
amount: amount
date: stage_on
owner: card
needs: [card_disputes]
message: "{dispute_id} ({scheme}): {amount} {currency}, stage {stage} since {stage_on} is none of its scheme's, and does not end a dispute: no clock runs, its right may be lost unseen."
*/
select
    d.dispute_id, d.scheme, d.stage, d.stage_on, d.amount, d.currency, d.transaction_date, d.reported_on,
    d.source_file, d.source_line
from card_disputes d
left join dispute_stages s on s.scheme = d.scheme and s.stage = d.stage
left join dispute_ends e on e.stage = d.stage
where s.stage is null and e.stage is null and d.reported_on <= $as_of
    and (d.known_at is null or cast(d.known_at as date) <= $as_of)
