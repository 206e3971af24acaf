/* view: the states of knowledge of each instrument held. State 0 holds what was known in time; each
   day something older became known opens another, up to three a day (amendments, cancellations, the
   rest), numbered known_day * 4 + 1, 2 or 3. `last_day` is the last day a state is asked for. */
with late as (
    select distinct one.isin, other.known, other.known_day
    from deal_versions one join deal_versions other on other.trade_id = one.trade_id where other.known > 0
    union
    select isin, known, known_day from price_versions where known > 0
    union
    select isin, known, known_day from event_versions where known > 0
    union
    select v.isin, r.known, r.known_day from rate_versions r join valued v on v.isin is not null where r.known > 0
),
opened as (
    select isin, cast(0 as bigint) as state, cast(0 as bigint) as known_day from valued
    union all
    select late.isin, late.known as state, late.known_day from late join valued on valued.isin = late.isin
    where late.known_day >= $rebuild_from
)
select
    isin, state, known_day,
    coalesce(lead(known_day) over (partition by isin order by state) - 1, (select max(day) from pnl_days)) as last_day,
    lead(state) over (partition by isin order by state) as next_state,
    lead(known_day) over (partition by isin order by state) as next_known_day
from opened
