/* view: the state of knowledge in force on each evening. */
select s.isin, s.state, d.day, d.date
from states s
join pnl_days d on s.known_day <= d.day and (s.next_known_day is null or s.next_known_day > d.day)
