/* view: by security, the balance of fails a market last published, and since how many settlement days it has never been
   without one. A balance does not say which fails it is made of: `standing` is the most that can have been there all
   the time, the smallest balance of those days. */
with numbered as (
    select
        f.security, f.symbol, f.name, f.date, f.quantity, f.price, d.day,
        d.day - row_number() over (partition by f.security order by f.date) as run
    from market_fail_balances f
    join dtc_days d on d.date = f.date
    where f.date <= $as_of and f.quantity > 0
), last_day as (
    select max(day) as day from numbered
)
select
    n.security, max(n.symbol) as symbol, max(n.name) as name, min(n.date) as failing_since, max(n.date) as date,
    cast(count(*) as bigint) as days, max(case when n.day = l.day then n.quantity end) as balance,
    min(n.quantity) as standing, max(case when n.day = l.day then n.price end) as price
from numbered n
cross join last_day l
group by n.security, n.run
having max(n.day) = max(l.day)
