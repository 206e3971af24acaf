/* view: how many instructions were due on each of the last settlement days, how many of them had not settled that
   evening, and how many have not yet. */
select
    d.date as day, cast(count(*) as bigint) as due,
    cast(sum(case when s.settled_on is null or s.settled_on > d.date then 1 else 0 end) as bigint) as failed,
    cast(sum(case when s.settled_on is null or s.settled_on > $as_of then 1 else 0 end) as bigint) as unsettled
from settlements s
join t2s_days due on due.date = s.intended_settlement_date
join t2s_days d on d.date = due.next_open
join t2s_days now on now.date = $as_of
where s.status <> 'CANC' and d.date <= $as_of and now.day - d.day < $fail_trend_days
    and (s.known_at is null or cast(s.known_at as date) <= $as_of)
group by d.date
