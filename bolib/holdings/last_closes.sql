/* view: the last close of each security by the evening of the day, of the report's source of prices. */
select isin, price, currency, date as price_date
from (
    select p.*, row_number() over (partition by p.isin order by p.date desc) as rank
    from prices p
    where p.source = $price_source and p.date <= $as_of
        and (p.known_at is null or cast(p.known_at as date) <= $as_of)
) ranked
where rank = 1
