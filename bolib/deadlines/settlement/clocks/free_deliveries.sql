/* The other leg of a free delivery, once the bank has done its own, is an exposure for some days after it was due. */
select
    'instruction' as object_type, e.instruction_id as key, 'A-52' as rule, e.other_due as trigger_date,
    cast(null as timestamp) as triggered_at, e.other_leg_on as done_on, cast(null as timestamp) as done_at,
    true as recorded, e.amount, e.currency
from free_exposures e
join rule_starts f on f.rule = 'A-52' and e.other_due >= f.valid_from
