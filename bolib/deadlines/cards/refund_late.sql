/*
id: CARD-01
title: Which unauthorised payments were not refunded by the next business day?
rule: E-03
severity: CRITICAL
key: dispute_id
amount: amount
date: due_date
owner: card
needs: [card_disputes]
thresholds: {looked_back_days: 20}
message: "{dispute_id}: {amount} {currency} reported on {reported_on}, the refund was due {due_date}, {state} ({refunded_on}); {arithmetic}."
*/
select
    d.dispute_id, d.arn, d.scheme, d.amount, d.currency, d.transaction_date, d.reported_on, d.refunded_on, c.due_date,
    c.arithmetic, c.days_left, case when c.done_on is null then 'not done' else 'done too late' end as state,
    d.source_file, d.source_line
from deadlines c
join card_disputes d on d.dispute_id = c.key
join target_days now on now.date = $as_of
left join target_days done on done.date = c.done_on
where c.object_type = 'refund' and c.rule = 'E-03'
    and (c.status = 'OVERDUE' or c.status = 'LATE' and now.day - done.day <= $looked_back_days)
