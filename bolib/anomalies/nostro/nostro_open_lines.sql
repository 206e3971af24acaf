/* view: the open lines of the nostros as results: one row a line, with its class and in words why. */
select
    'NOSTRO' as reconciliation, b.key, b.side, b.class, b.amount, b.currency, b.age_days, w.owner, b.explanation
from nostro_breaks b
left join owners w on w.object_type = 'account' and w.match = '*'
