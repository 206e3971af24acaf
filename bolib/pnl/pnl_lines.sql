/* view: the result by component: earlier days as published, the others rebuilt. What the published days
   would say otherwise today counts today, as RESTATE. */
select date, book, isin, component, cast(sum(amount) as decimal(18,2)) as amount, currency
from (
    select date, book, isin, component, amount, currency from published_lines
    union all
    select date, book, isin, component, amount, currency from rebuilt_lines
    where date not in (select date from published_lines)
    union all
    select cast($as_of as date), book, isin, 'RESTATE', amount, currency from corrections where amount <> 0
) lines
group by date, book, isin, component, currency
