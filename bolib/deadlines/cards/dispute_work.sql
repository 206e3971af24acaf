/* Disputes that still run, or whose refund is still owed: the clock of their stage that ends first, and whether the
   customer has the money back. */
select
    d.dispute_id, d.arn, d.scheme, d.reason, d.unauthorised, d.amount, d.currency, d.transaction_date, d.reported_on,
    case when d.refunded_on <= $as_of then d.refunded_on end as refunded_on, d.stage, d.stage_on, c.rule, c.due_date,
    c.days_left, c.status, d.source_file, d.source_line
from card_disputes d
left join (
    select key, rule, due_date, days_left, status, row_number() over (partition by key order by due_date, rule) as place
    from deadlines
    where object_type = 'dispute' and done_on is null
) c on c.key = d.dispute_id and c.place = 1
left join deadlines r on r.object_type = 'refund' and r.key = d.dispute_id and r.done_on is null
where c.rule is not null or r.rule is not null
