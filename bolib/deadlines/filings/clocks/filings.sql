/* What must be filed runs against the clock of each rule of its regime; what is exempted has none. It is done on the
   day the filing the authority accepted was sent. */
select
    'filing' as object_type, s.key, r.rule, s.event_on as trigger_date, cast(null as timestamp) as triggered_at,
    s.filed_on as done_on, s.filed_at as done_at, true as recorded, s.amount, s.currency
from filing_states s
join filing_rules r on r.regime = s.regime and s.event_on >= r.valid_from
where s.state <> 'EXEMPTED' and s.state <> 'UNEXPLAINED'
