/* view: what late knowledge changes in the days before the day it came: each state less the state before. */
with changes as (
    select s.isin, s.state as cause, s.known_day as day, r.book, r.total, r.realised, r.unrealised
    from states s join state_results r on r.isin = s.isin and r.state = s.state and r.day < s.known_day
    where s.state > 0
    union all
    select s.isin, s.next_state, s.next_known_day, r.book, -r.total, -r.realised, -r.unrealised
    from states s join state_results r on r.isin = s.isin and r.state = s.state and r.day < s.next_known_day
    where s.next_state is not null
)
select
    isin, book, day,
    case cause - day * 4 when 1 then 'AMEND' when 2 then 'CANCEL' else 'RESTATE' end as component,
    cast(sum(total) as decimal(18,2)) as total,
    cast(sum(realised) as decimal(18,2)) as realised,
    cast(sum(unrealised) as decimal(18,2)) as unrealised
from changes
group by isin, book, day, cause
