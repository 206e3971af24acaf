/* view: the reference price of each day, from the best source that gave one, as known on the evening of the day. */
select isin, date, price, currency
from (
    select
        p.isin, p.date, p.price, p.currency,
        row_number() over (
            partition by p.isin, p.date
            order by r.rank, coalesce(p.known_at, timestamp '1900-01-01 00:00:00') desc, p.price
        ) as choice
    from prices p
    join price_ranks r on r.source = p.source
    join (select distinct isin from penalty_instructions) s on s.isin = p.isin
    where p.date <= $as_of and (p.known_at is null or cast(p.known_at as date) <= $as_of)
) ranked
where choice = 1
