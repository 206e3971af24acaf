/* view: since when each regime has a register, and since when it can be compared with the tables the scope is computed
   from: a period that began before the tables do is not compared. */
select
    r.regime, r.rule, r.span, r.source, r.not_seen, s.source_from, l.listed_from, l.first_period, f.filings,
    coalesce(l.listed_from, f.filed_from) as registered_from, coalesce(l.first_period, f.first_period) as registered_period
from filing_regimes r
left join filing_sources s on s.regime = r.regime
left join (
    select regime, min(event_on) as listed_from, min(period) as first_period from listed_events group by regime
) l on l.regime = r.regime
left join (
    select regime, cast(sum(filings) as bigint) as filings, min(event_on) as filed_from, min(period) as first_period
    from filed_events group by regime
) f on f.regime = r.regime
