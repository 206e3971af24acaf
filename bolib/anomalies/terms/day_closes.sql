/* view: one closing price a day and instrument, of the first source by name, as known on the evening of the day. */
select isin, date, price, low, high
from (
    select p.*, row_number() over (partition by isin, date order by source, coalesce(known_at, cast(date as timestamp)) desc)
        as rank
    from prices p
    where date <= $as_of and cast(coalesce(known_at, cast(date as timestamp)) as date) <= $as_of
) closes
where rank = 1
