/* A W-8 form is renewed by its last day; one renewed has a later day. */
select
    'document' as object_type, 'W-8 ' || c.customer_id as key, 'B.w8' as rule, c.w8_valid_to as trigger_date,
    cast(null as timestamp) as triggered_at, cast(null as date) as done_on, cast(null as timestamp) as done_at,
    true as recorded, cast(null as decimal(18,2)) as amount, cast(null as string) as currency
from customers c
join (select distinct customer_id from accounts where closed_on is null or closed_on > $as_of) held
    on held.customer_id = c.customer_id
where c.w8_valid_to is not null and (c.known_at is null or cast(c.known_at as date) <= $as_of)
