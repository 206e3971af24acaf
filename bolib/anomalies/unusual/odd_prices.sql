/* view: one close an instrument and day, from the first source by name, with what detaches or splits it that day. */
select
    'prices' as block, p.isin as key, i.asset_class as market, p.date as day,
    now.day - d.day < $unusual_days as judged, p.price, e.isin is not null as event
from (
    select isin, date, price, row_number() over (partition by isin, date order by source, known_at desc) as rank
    from prices
    where date <= $as_of and (known_at is null or cast(known_at as date) <= $as_of)
) p
join instruments i on i.isin = p.isin
join target_days d on d.date = p.date
join target_days now on now.date = $as_of
left join (select distinct isin, ex_date from corporate_actions) e on e.isin = p.isin and e.ex_date = p.date
where p.rank = 1
