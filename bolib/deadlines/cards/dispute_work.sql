/* Disputes that still run, or whose refund is still owed: the clock of their stage, and whether the customer has the
   money back. */
select
    d.dispute_id, d.arn, d.scheme, d.reason, d.unauthorised, d.amount, d.currency, d.transaction_date, d.reported_on,
    case when d.refunded_on <= $as_of then d.refunded_on end as refunded_on, d.stage, d.stage_on, c.rule, c.due_date,
    c.days_left, c.status, d.source_file, d.source_line
from card_disputes d
left join dispute_stages s on s.scheme = d.scheme and s.stage = d.stage
left join deadlines c on c.object_type = 'dispute' and c.key = d.dispute_id and c.rule = s.rule
left join deadlines r on r.object_type = 'refund' and r.key = d.dispute_id and r.done_on is null
where c.rule is not null or r.rule is not null
