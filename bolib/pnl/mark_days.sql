/* view: the days each state is valued. */
select s.isin, s.state, d.day, d.date
from states s join pnl_days d on d.day <= s.last_day
