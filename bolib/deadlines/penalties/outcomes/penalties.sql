/* The amount of each penalty: an outcome of its rate. */
select
    'penalty' as object_type, p.instruction_id || ' ' || cast(p.date as string) || ' ' || p.type || ' ' || p.direction as key,
    'penalty' as what, p.rule, cast(null as date) as due_date, cast(null as timestamp) as due_at, p.amount,
    p.amount as at_stake, p.currency
from penalties_computed p
where p.rule is not null and p.amount is not null
