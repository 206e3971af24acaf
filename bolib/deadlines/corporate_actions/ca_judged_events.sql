/* view: the events that the deals can judge: those with a record date, of days from the first known deal on. */
select e.*
from known_events e
join first_deal f on e.ex_date >= f.day
where e.record_date is not null
