/* view: instructions neither settled nor cancelled by the evening of the day, as they stood then: by their last event
   where there is one, else as the depository sends them, unless that tells of a later day. `days_late` counts
   settlement days of the depository since the settlement date; a date on which it is closed counts as the next open
   one, a date to come is negative, and one older than the calendar here is empty. */
select
    s.instruction_id, s.trade_id, s.movement, s.payment, s.isin, s.quantity, s.amount, s.currency,
    s.intended_settlement_date, s.counterparty, s.place,
    case when cast(s.matched_at as date) <= $as_of then s.matched_at end as matched_at,
    coalesce(e.status, case when s.settled_on is null then s.status end) as status,
    coalesce(e.reason, case when s.settled_on is null then s.reason end) as reason,
    coalesce(e.settled_quantity, case when s.settled_on is null then s.settled_quantity end) as settled_quantity,
    coalesce(e.hold, false) as hold,
    now.day - case when due.open then due.day else due.day + 1 end as days_late,
    s.source_file, s.source_line
from settlements s
join t2s_days now on now.date = $as_of
left join t2s_days due on due.date = s.intended_settlement_date
left join last_events e on e.instruction_id = s.instruction_id
where s.status <> 'CANC' and (s.settled_on is null or s.settled_on > $as_of)
    and (s.known_at is null or cast(s.known_at as date) <= $as_of)
