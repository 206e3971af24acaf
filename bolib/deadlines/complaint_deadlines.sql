/* view: the deadlines of complaints, with the complaint. */
select
    d.rule, d.trigger_date, d.due_date, d.calendar, d.arithmetic, d.done_on, d.status, d.days_left, c.complaint_id,
    c.kind, c.received_on, c.channel, c.subject, d.amount, d.currency, c.source_file, c.source_line
from deadlines d
join complaints c on c.complaint_id = d.key
where d.object_type = 'complaint'
