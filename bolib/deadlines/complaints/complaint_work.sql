/* view: complaints not answered, in sources that record answers, each with the clock that ends first and what is
   known of the operation behind it. */
select *
from (
    select
        c.complaint_id, c.customer_id, c.kind, c.channel, c.subject, c.received_on, c.holding_answer_on, c.amount,
        c.currency, c.contested_key, c.linked_key, d.rule, d.due_date, d.days_left, d.status,
        case
            when u.dispute_id is not null then 'card dispute'
            when p.arn is not null then 'card payment'
            when i.instruction_id is not null then 'settlement instruction'
            when t.incident_id is not null then 'incident'
        end as behind,
        coalesce(u.dispute_id, p.arn, i.instruction_id, t.incident_id) as behind_key,
        row_number() over (partition by c.complaint_id order by d.due_date, d.rule) as rank
    from complaints c
    join deadlines d on d.object_type = 'complaint' and d.key = c.complaint_id
        and d.status in ('OVERDUE', 'TODAY', 'OPEN')
    left join silent_sources s on s.source_file = c.source_file
    left join card_disputes u on u.arn = c.contested_key
    left join card_clearings p on p.arn = c.contested_key
    left join settlements i on i.instruction_id = c.linked_key
    left join incidents t on t.incident_id = c.linked_key
    where s.source_file is null
) ranked
where rank = 1
