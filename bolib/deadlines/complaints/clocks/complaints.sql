/* The clocks of a complaint follow from its kind. An answer also stops the clock of the acknowledgement; a holding
   answer stops that of the first answer to a payment complaint, and starts two of the final one: what the law leaves at
   most, and the day it announces itself. `recorded` is false in a source that never says when it was done. */
select
    'complaint' as object_type, c.complaint_id as key, r.rule,
    case r.since when 'SENT' then coalesce(c.sent_on, c.received_on) when 'HELD UNTIL' then c.held_until else c.received_on end
    as trigger_date,
    cast(null as timestamp) as triggered_at,
    case r.step
        when 'ACKNOWLEDGED' then least(coalesce(c.acknowledged_on, c.answered_on), coalesce(c.answered_on, c.acknowledged_on))
        when 'FIRST ANSWER' then least(coalesce(c.held_on, c.answered_on), coalesce(c.answered_on, c.held_on))
        else c.answered_on
    end as done_on,
    cast(null as timestamp) as done_at,
    case
        when s.source_file is null then true
        when r.step = 'ACKNOWLEDGED' then s.acknowledgements > 0
        else s.answers > 0
    end as recorded,
    c.amount, c.currency
from (
    select
        complaint_id, kind, sent_on, received_on, amount, currency, source_file,
        case when acknowledged_on <= $as_of then acknowledged_on end as acknowledged_on,
        case when holding_answer_on <= $as_of then holding_answer_on end as held_on,
        case when holding_answer_on <= $as_of then holding_until end as held_until,
        case when answered_on <= $as_of then answered_on end as answered_on
    from complaints
    where received_on <= $as_of and (known_at is null or cast(known_at as date) <= $as_of)
) c
join (
    select 'BANKING' as kind, 'F-01.ack' as rule, 'SENT' as since, 'ACKNOWLEDGED' as step
    union all select 'BANKING', 'F-01.answer', 'SENT', 'ANSWERED'
    union all select 'PAYMENT', 'F-02.answer', 'RECEIVED', 'FIRST ANSWER'
    union all select 'PAYMENT', 'F-02.final', 'RECEIVED', 'FINAL ANSWER'
    union all select 'PAYMENT', 'F-02.promised', 'HELD UNTIL', 'FINAL ANSWER'
    union all select 'INVESTMENT', 'F-03.ack', 'RECEIVED', 'ACKNOWLEDGED'
    union all select 'INVESTMENT', 'F-03.answer', 'RECEIVED', 'ANSWERED'
) r on r.kind = c.kind
left join silent_sources s on s.source_file = c.source_file
where r.step <> 'FINAL ANSWER' or c.held_on is not null and (r.since <> 'HELD UNTIL' or c.held_until is not null)
