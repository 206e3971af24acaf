/* view: instructions not settled by the evening of the day though their settlement date has passed, with their age in
   settlement days of the depository; a date on which it is closed counts as the next open one. `days_late` is empty
   for dates older than its calendar here. */
select *
from (
    select s.*, now.day - case when due.open then due.day else due.day + 1 end as days_late
    from settlements s
    join t2s_days now on now.date = $as_of
    left join t2s_days due on due.date = s.intended_settlement_date
    where s.status <> 'CANC' and s.intended_settlement_date < $as_of
        and (s.settled_on is null or s.settled_on > $as_of)
        and (s.known_at is null or cast(s.known_at as date) <= $as_of)
) aged
where days_late is null or days_late > 0
