/* view: what two sides do not agree on, whatever the reconciliation: one row a line, with its class and why. */
select reconciliation, key, side, class, amount, currency, age_days, owner, explanation from nostro_open_lines
union all select reconciliation, key, side, class, amount, currency, age_days, owner, explanation from depot_open
union all select reconciliation, key, side, class, amount, currency, age_days, owner, explanation from trade_breaks
union all
select b.reconciliation, b.key, b.side, b.class, b.amount, b.currency, b.age_days, w.owner, b.explanation
from (
    select reconciliation, key, side, class, amount, currency, age_days, explanation, 'card' as owned from card_breaks
    union all
    select reconciliation, key, side, class, amount, currency, age_days, explanation, 'card' as owned from account_breaks
    union all
    select reconciliation, key, side, class, amount, currency, age_days, explanation, 'atm' as owned from machine_breaks
) b
left join owners w on w.object_type = b.owned and w.match = '*'
