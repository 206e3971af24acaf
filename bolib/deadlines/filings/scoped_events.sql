/* view: what the bank's own tables put in scope, or leave open, one row an object and period. */
select
    s.regime, s.object_id, p.period, min(s.event_on) as event_on,
    case when max(case when s.scope = 'IN' then 1 else 0 end) = 1 then 'IN' else 'UNKNOWN' end as scope,
    cast(sum(s.amount) as decimal(18,2)) as amount, min(s.currency) as currency, min(s.told) as told
from filing_scope s
join filing_regimes r on r.regime = s.regime and s.event_on >= r.valid_from
join filing_periods p on p.span = r.span and p.date = s.event_on
group by s.regime, s.object_id, p.period
