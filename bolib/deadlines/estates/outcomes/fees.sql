/* The highest fee the law allows for an estate. */
select
    'estate' as object_type, e.estate_id as key, 'fee' as what, 'G-05' as rule, cast(null as date) as due_date,
    cast(null as timestamp) as due_at, l.fee_at_most as amount, e.balance_at_death as at_stake, e.currency
from estates e
join estate_limits l on l.estate_id = e.estate_id
where l.fee_at_most is not null and e.notified_on <= $as_of
