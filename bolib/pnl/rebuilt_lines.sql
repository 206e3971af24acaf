/* view: the lines of every day, rebuilt; UNEXPLAINED is what the components leave of the total. */
with differences as (
    select isin, book, day, cast(sum(amount) as decimal(18,2)) as amount
    from (
        select isin, book, day, total as amount from day_results
        union all
        select isin, book, day, -amount from components
    ) both_ways
    group by isin, book, day
)
select d.date, c.book, c.isin, c.component, c.amount, b.currency
from components c join books b on b.book = c.book join pnl_days d on d.day = c.day
union all
select d.date, x.book, x.isin, 'UNEXPLAINED', x.amount, b.currency
from differences x join books b on b.book = x.book join pnl_days d on d.day = x.day
where x.amount <> 0
union all
select d.date, a.book, null, 'ADJUST', cast(sum(a.amount) as decimal(18,2)), b.currency
from adjustments a
join books b on b.book = a.book
join target_days t on t.date = a.date
join pnl_days d on d.day = case when t.open then t.day else t.day + 1 end
where d.day > (select min(day) from pnl_days)
group by d.date, a.book, b.currency
