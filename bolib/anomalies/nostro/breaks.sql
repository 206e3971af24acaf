/* view: what does not agree, one row a line or position, with its class and in words why. */
select
    'NOSTRO' as reconciliation, b.key, b.side, b.class, b.amount, b.currency, b.age_days, w.owner, b.explanation
from nostro_breaks b
left join owners w on w.object_type = 'account' and w.match = '*'
union all
select
    'DEPOT' as reconciliation, b.account || ' ' || b.isin as key, case when b.residual > 0 then 'RIGHT' else 'LEFT' end as side,
    b.class, b.amount, b.currency, b.age_days, w.owner, b.arithmetic || ': ' || b.explanation as explanation
from depot_breaks b
left join owners w on w.object_type = 'account' and w.match = '*'
