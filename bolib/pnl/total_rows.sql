/* view: day, month and year of all books, by currency, with the rate that brings them to euros. */
with sums as (
    select currency, cast(sum(total) as decimal(18,2)) as total, cast(sum(mtd) as decimal(18,2)) as mtd,
           cast(sum(ytd) as decimal(18,2)) as ytd
    from pnl_books where date = $as_of group by currency
),
measures as (
    select currency, 'total' as measure, total as gross from sums
    union all select currency, 'mtd', mtd from sums
    union all select currency, 'ytd', ytd from sums
)
select
    m.currency, m.measure, m.gross, cast(0 as decimal(18,2)) as accrued, cast(0 as decimal(18,2)) as fees,
    cast(0 as decimal(18,2)) as taxes, r.rate, cast(1 as decimal(18,8)) as book_rate
from measures m
join (
    select currency, rate, row_number() over (partition by currency order by day desc, known desc, learned_at desc) as rank
    from rate_versions
) r on r.currency = m.currency and r.rank = 1
