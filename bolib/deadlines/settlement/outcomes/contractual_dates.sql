/* The latest settlement date that the cycle of its venue allows a deal. */
select
    'trade' as object_type, t.trade_id as key, 'contractual date' as what, c.applied as rule, c.latest as due_date,
    cast(null as timestamp) as due_at, cast(null as decimal(18,2)) as amount, t.net_amount as at_stake, t.currency
from known_trades t
join contractual_dates c on c.venue = t.venue and c.trade_date = t.trade_date
where c.latest is not null
