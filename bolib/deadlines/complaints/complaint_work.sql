/* Complaints not answered, in sources that record answers, each with the clock that ends first, what is known of the
   operation behind it, and how often its customer complained of the same before. */
select
    c.complaint_id, c.customer_id, c.kind, c.channel, c.subject, c.sent_on, c.received_on,
    case when c.acknowledged_on <= $as_of then c.acknowledged_on end as acknowledged_on,
    case when c.holding_answer_on <= $as_of then c.holding_answer_on end as holding_answer_on,
    case when c.holding_answer_on <= $as_of then c.holding_reason end as holding_reason,
    case when c.holding_answer_on <= $as_of then c.holding_until end as holding_until, c.amount, c.currency,
    c.contested_key, c.linked_key, d.rule, d.due_date, d.days_left, d.status, b.what as behind, b.key as behind_key,
    b.state as behind_state, coalesce(b.broken, false) as broken, coalesce(e.earlier, 0) as earlier, e.last_on,
    c.source_file, c.source_line
from complaints c
join (
    select
        key, rule, due_date, days_left, status,
        row_number() over (partition by key order by due_date, rule) as place
    from deadlines
    where object_type = 'complaint' and status in ('OVERDUE', 'TODAY', 'OPEN')
) d on d.key = c.complaint_id and d.place = 1
left join silent_sources s on s.source_file = c.source_file
left join complaint_behind b on b.complaint_id = c.complaint_id
left join (
    select n.complaint_id, cast(count(*) as bigint) as earlier, max(o.received_on) as last_on
    from complaints n
    join complaints o on o.customer_id = n.customer_id and o.subject = n.subject and o.received_on < n.received_on
    group by n.complaint_id
) e on e.complaint_id = c.complaint_id
where s.source_file is null
