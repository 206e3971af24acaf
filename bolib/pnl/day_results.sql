/* view: the result of each day as that evening knew it: the day itself, and what came late. */
select isin, book, day,
       cast(sum(total) as decimal(18,2)) as total,
       cast(sum(realised) as decimal(18,2)) as realised,
       cast(sum(unrealised) as decimal(18,2)) as unrealised
from (
    select r.isin, r.book, r.day, r.total, r.realised, r.unrealised
    from state_results r join evenings e on e.isin = r.isin and e.state = r.state and e.day = r.day
    union all
    select isin, book, day, total, realised, unrealised from late_results
) parts
group by isin, book, day
