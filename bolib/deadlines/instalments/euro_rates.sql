/* units of each currency for one euro, as last known on the day. */
select r.currency, cast(r.rate as decimal(18,8)) as per_euro
from fx_rates r
join (select currency, max(date) as last_on from fx_rates where date <= $as_of group by currency) l
    on l.currency = r.currency and l.last_on = r.date
where r.rate > 0
