/* view: the change of each held instrument's price from one business day to the next, splits left out. */
select m.isin as name, m.day, cast(m.price - b.price as decimal(18,8)) as change, b.price as base
from known_prices m
join evenings e on e.isin = m.isin and e.state = m.state and e.date = $as_of
join known_prices b on b.isin = m.isin and b.state = m.state and b.day = m.day - 1
left join event_marks s on s.isin = m.isin and s.state = m.state and s.day = m.day
where s.split_new is null and m.price_day = m.day and b.price is not null
