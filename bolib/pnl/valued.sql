/* view: instruments held that have had a price and a rate since the first day they are held.
   The others stay out of the result, and a CRITICAL finding says so: their result is not known. */
with held_since as (
    select isin, min(day) as day
    from (
        select isin, day from deal_versions
        union all
        select o.isin, f.day from opening_lots o join first_day f on f.day is not null
    ) taken
    group by isin
)
select h.isin
from held_since h
join instruments i on i.isin = h.isin
join (select isin, min(day) as day from price_versions group by isin) p on p.isin = h.isin and p.day <= h.day
join (select currency, min(day) as day from rate_versions group by currency) r
    on r.currency = i.currency and r.day <= h.day
