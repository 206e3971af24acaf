/* The tax on financial transactions due on the net purchases of a share in a month. */
select
    'filing' as object_type, 'TTF ' || isin || ' ' || period as key, 'tax' as what, 'B-19' as rule,
    cast(null as date) as due_date, cast(null as timestamp) as due_at, tax_due as amount, base as at_stake, currency
from ttf_months
where tax_due > 0
