/* A choice is made some business days before the market's deadline, so that it can be sent on in time. */
select
    'election' as object_type, c.ca_id || ' ' || c.account as key, 'CA.election' as rule,
    cast(c.market_deadline as date) as trigger_date, cast(null as timestamp) as triggered_at,
    c.elected_on as done_on, cast(null as timestamp) as done_at, w.elections as recorded, c.net as amount, c.currency
from ca_elections c
join ca_sources w on w.elections is not null
