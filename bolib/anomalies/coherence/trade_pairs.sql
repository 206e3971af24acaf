/* view: deals both offices hold alike and that settle on the day or later, as results: those settled before agreed on an
   earlier evening. What the tolerance of cash let pass is their residual. */
select
    'TRADES' as reconciliation, 'TRADE ' || f.trade_id || ' ' || cast(f.version as string) as match_id, s.side,
    f.trade_id as key, 'VERSION' as pass, 'AUTO' as status,
    case when s.side = 'RIGHT' then cast(b.amount - f.amount as decimal(18,2)) else cast(0 as decimal(18,2)) end as residual,
    case when b.amount <> f.amount then 'within the tolerance of cash' end as reason
from trade_rows f
join trade_rows b on b.trade_id = f.trade_id and b.side = 'RIGHT'
cross join (select 'LEFT' as side union all select 'RIGHT' as side) s
where f.side = 'LEFT' and f.class = 'MATCHED' and f.settlement_date >= $as_of
