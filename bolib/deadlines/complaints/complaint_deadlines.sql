/* view: the deadlines of complaints, with the complaint; `done_days_ago` counts business days since it was done. */
select
    d.rule, d.trigger_date, d.due_date, d.calendar, d.arithmetic, d.done_on, d.status, d.days_left, c.complaint_id,
    c.kind, c.received_on, c.channel, c.subject, d.amount, d.currency, now.day - done.day as done_days_ago,
    case when d.done_on is null then 'not done' else 'done too late' end as state, c.source_file, c.source_line
from deadlines d
join complaints c on c.complaint_id = d.key
join target_days now on now.date = $as_of
left join target_days done on done.date = d.done_on
where d.object_type = 'complaint'
