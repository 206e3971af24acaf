/* view: disputes that still run, with the clock of their stage and whether the customer has the money back. */
select
    d.dispute_id, d.arn, d.scheme, d.reason, d.unauthorised, d.amount, d.currency, d.transaction_date, d.reported_on,
    d.refunded_on, d.stage, d.stage_on, c.rule, c.due_date, c.days_left, c.status
from card_disputes d
join dispute_stages s on s.scheme = d.scheme and s.stage = d.stage
join deadlines c on c.object_type = 'dispute' and c.key = d.dispute_id and c.rule = s.rule
