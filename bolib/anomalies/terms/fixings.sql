/* view: one reference rate a day and currency, as known on the evening of the day. */
select date, currency, rate
from (
    select r.*, row_number() over (
        partition by currency, date order by coalesce(known_at, cast(date as timestamp)) desc
    ) as rank
    from fx_rates r
    where cast(coalesce(known_at, cast(date as timestamp)) as date) <= $as_of
) versions
where rank = 1
