/* view: units of each currency for 1 EUR on every day up to the day of the report: the rate of the day, or the last one
   before it. The euro's is 1. */
with fixings as (
    select date, currency, rate
    from (
        select r.*, row_number() over (
            partition by currency, date order by coalesce(known_at, cast(date as timestamp)) desc
        ) as rank
        from fx_rates r
        where cast(coalesce(known_at, cast(date as timestamp)) as date) <= $as_of
    ) versions
    where rank = 1
),
spans as (
    select currency, date, rate, lead(date) over (partition by currency order by date) as until from fixings
)
select d.date, s.currency, cast(s.rate as decimal(18,8)) as rate
from spans s
join t2s_days d on d.date >= s.date and (d.date < s.until or s.until is null and d.date <= $as_of)
union all
select date, 'EUR', cast(1 as decimal(18,8)) from t2s_days where date <= $as_of
