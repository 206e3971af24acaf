/* view: the deals of each office by what came of the comparison: their number and amounts add up to all there are. */
select
    class, currency, cast(count(case when side = 'LEFT' then 1 end) as bigint) as front_deals,
    cast(coalesce(sum(case when side = 'LEFT' then amount end), 0) as decimal(18,2)) as front_amount,
    cast(count(case when side = 'RIGHT' then 1 end) as bigint) as back_deals,
    cast(coalesce(sum(case when side = 'RIGHT' then amount end), 0) as decimal(18,2)) as back_amount
from trade_rows
group by class, currency
