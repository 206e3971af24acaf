/* view: units of each currency for 1 EUR, by day, as known on the evening of the day. */
select date, currency, rate
from (
    select
        f.date, f.currency, f.rate,
        row_number() over (
            partition by f.date, f.currency
            order by coalesce(f.known_at, timestamp '1900-01-01 00:00:00') desc, f.rate
        ) as choice
    from fx_rates f
    where f.date <= $as_of and (f.known_at is null or cast(f.known_at as date) <= $as_of)
) ranked
where choice = 1
union all
select date, 'EUR' as currency, cast(1 as decimal(18,8)) as rate
from target_days
