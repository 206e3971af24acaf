/* view: what is left over of holdings as results: one row a position, with its class and in words why. */
select
    'DEPOT' as reconciliation, b.account || ' ' || b.isin as key, case when b.residual > 0 then 'RIGHT' else 'LEFT' end as side,
    b.class, b.amount, b.currency, b.age_days, w.owner, b.arithmetic || ': ' || b.explanation as explanation
from depot_breaks b
left join owners w on w.object_type = 'account' and w.match = '*'
