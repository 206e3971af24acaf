/* view: the price of each state and day, or the last one before it; `price_day` tells how old. */
with best as (
    select isin, state, day, price, source_file, source_line
    from (
        select
            m.isin, m.state, m.day, p.price, p.source_file, p.source_line,
            row_number() over (
                partition by m.isin, m.state, m.day order by p.rank, p.known desc, p.learned_at desc, p.source
            ) as rank
        from mark_days m
        join price_versions p on p.isin = m.isin and p.day = m.day
            and (p.known <= m.state or p.known_day < $rebuild_from)
    ) ranked
    where rank = 1
),
dated as (
    select
        m.isin, m.state, m.day, m.date,
        max(best.day) over (
            partition by m.isin, m.state order by m.day rows between unbounded preceding and current row
        ) as price_day
    from mark_days m
    left join best on best.isin = m.isin and best.state = m.state and best.day = m.day
)
select dated.isin, dated.state, dated.day, dated.date, dated.price_day, best.price,
       best.source_file, best.source_line
from dated
left join best on best.isin = dated.isin and best.state = dated.state and best.day = dated.price_day
