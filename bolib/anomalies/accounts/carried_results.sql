/* view: the result each fiscal year leaves to the next, and what the accounts that take it opened with beyond their own
   last closing; debit positive. */
select m.year, m.moved, r.total
from (
    select
        year, cast(sum(opening - coalesce(last_closing, cast(0 as decimal(18,2)))) as decimal(18,2)) as moved
    from balance_days
    where kind = 'CARRIED' and opens_year
    group by year
) m
join (
    select year + 1 as year, cast(sum(closing) as decimal(18,2)) as total from balance_days where ends group by year
) r on r.year = m.year
