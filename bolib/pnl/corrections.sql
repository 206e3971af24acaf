/* view: what the days already published would say otherwise today, by book and instrument. */
select x.book, x.isin, x.currency, cast(sum(x.amount) as decimal(18,2)) as amount
from (
    select r.book, r.isin, r.currency, r.amount
    from rebuilt_lines r join (select distinct date from published_lines) p on p.date = r.date
    union all
    select book, isin, currency, -amount from published_lines
) x
group by x.book, x.isin, x.currency
