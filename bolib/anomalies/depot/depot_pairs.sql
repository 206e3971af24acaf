/* view: positions that agree, or whose difference is explained, as results: one row a side. What a person checks is the
   position of one evening, so that its name says which. */
select
    'DEPOT' as reconciliation, 'DEPOT ' || d.account || ' ' || d.isin || ' ' || cast(d.evening as string) as match_id, s.side, d.account || ' ' || d.isin as key,
    case when d.explained = 0 then 'POSITION' else 'EXPLAINED' end as pass, 'AUTO' as status,
    cast(0 as decimal(18,2)) as residual, d.reasons as reason
from depot d
cross join (select 'LEFT' as side union all select 'RIGHT' as side) s
where d.residual = 0
