/* view: the result of each book and day. The total is the sum of the lines; realised and unrealised come
   from the lots, so that a difference between the two shows. */
with sums as (
    select
        date, book, cast(sum(amount) as decimal(18,2)) as total,
        cast(sum(case component when 'UNEXPLAINED' then amount else 0 end) as decimal(18,2)) as unexplained,
        cast(sum(case component when 'ADJUST' then amount else 0 end) as decimal(18,2)) as adjusted
    from pnl_lines group by date, book
),
corrected as (
    select book, cast(sum(amount) as decimal(18,2)) as amount from corrections group by book
),
routes as (
    select
        d.date, r.book, cast(sum(r.realised) as decimal(18,2)) as realised,
        cast(sum(r.unrealised) as decimal(18,2)) as unrealised
    from day_results r join pnl_days d on d.day = r.day group by d.date, r.book
),
days as (
    select
        d.date, d.month, d.year, b.book, b.currency,
        coalesce(s.total, cast(0 as decimal(18,2))) as total,
        coalesce(s.unexplained, cast(0 as decimal(18,2))) as unexplained,
        coalesce(p.realised, coalesce(r.realised, 0) + coalesce(s.adjusted, 0)
            + case when d.date = $as_of then coalesce(c.amount, 0) else 0 end) as realised,
        coalesce(p.unrealised, r.unrealised, cast(0 as decimal(18,2))) as unrealised
    from pnl_days d
    join books b on b.book is not null
    left join sums s on s.date = d.date and s.book = b.book
    left join routes r on r.date = d.date and r.book = b.book
    left join corrected c on c.book = b.book
    left join published_books p on p.date = d.date and p.book = b.book
    where d.day > (select min(day) from pnl_days)
)
select
    days.date, days.book, days.currency, days.total,
    cast(days.realised as decimal(18,2)) as realised,
    cast(days.unrealised as decimal(18,2)) as unrealised,
    f.amount as flash,
    cast(days.total - f.amount as decimal(18,2)) as difference,
    days.unexplained,
    cast(sum(days.total) over (
        partition by days.book, days.year, days.month order by days.date
        rows between unbounded preceding and current row
    ) as decimal(18,2)) as mtd,
    cast(sum(days.total) over (
        partition by days.book, days.year order by days.date rows between unbounded preceding and current row
    ) as decimal(18,2)) as ytd
from days
left join pnl_flash f on f.date = days.date and f.book = days.book
