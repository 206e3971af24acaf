/* view: units of each currency for 1 EUR on every day up to the day of the report: the rate of the day, or the last one
   before it. The euro's is 1. */
with spans as (
    select currency, date, rate, lead(date) over (partition by currency order by date) as until from fixings
)
select d.date, s.currency, cast(s.rate as decimal(18,8)) as rate
from spans s
join t2s_days d on d.date >= s.date and (d.date < s.until or s.until is null and d.date <= $as_of)
union all
select date, 'EUR', cast(1 as decimal(18,8)) from t2s_days where date <= $as_of
