/* view: the reference rate of each state, day and currency, or the last one before it. */
with wanted as (
    select distinct i.isin, i.currency from instruments i
    union
    select distinct i.isin, b.currency from instruments i join books b on b.book is not null
),
best as (
    select isin, state, day, currency, rate
    from (
        select
            m.isin, m.state, m.day, r.currency, r.rate,
            row_number() over (
                partition by m.isin, m.state, m.day, r.currency order by r.known desc, r.learned_at desc
            ) as rank
        from mark_days m
        join wanted w on w.isin = m.isin
        join rate_versions r on r.day = m.day and r.currency = w.currency
            and (r.known <= m.state or r.known_day < $rebuild_from)
    ) ranked
    where rank = 1
),
dated as (
    select
        m.isin, m.state, m.day, w.currency,
        max(best.day) over (
            partition by m.isin, m.state, w.currency order by m.day rows between unbounded preceding and current row
        ) as rate_day
    from mark_days m
    join wanted w on w.isin = m.isin
    left join best on best.isin = m.isin and best.state = m.state and best.day = m.day and best.currency = w.currency
)
select dated.isin, dated.state, dated.day, dated.currency, dated.rate_day, best.rate
from dated
left join best on best.isin = dated.isin and best.state = dated.state and best.day = dated.rate_day
    and best.currency = dated.currency
