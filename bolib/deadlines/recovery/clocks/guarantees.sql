/* A guarantee is called or renewed before it ends. */
select
    'guarantee' as object_type, g.guarantee_id as key, 'D.guarantee.expiry' as rule, g.expires_on as trigger_date,
    cast(null as timestamp) as triggered_at, cast(null as date) as done_on, cast(null as timestamp) as done_at,
    true as recorded, g.amount, g.currency
from guarantee_terms g
