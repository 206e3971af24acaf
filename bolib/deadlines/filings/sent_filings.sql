/* view: filings as known on the day: what was sent later is not there yet, what was answered later is still open.
   `superseded`: another filing that was sent replaces it. */
select
    f.filing_id, f.regime, f.object_id, f.event_at, f.event_on, f.period, f.sent_at, f.sent_on, f.answered_on, f.status,
    again.replaces is not null as superseded, f.source_file, f.source_line
from (
    select
        s.filing_id, s.regime, s.object_id, s.event_at, e.day as event_on, p.period, s.sent_at, sent.day as sent_on,
        case when answered.day <= $as_of then answered.day end as answered_on,
        case when answered.day > $as_of then 'PENDING' else s.status end as status, s.source_file, s.source_line
    from filings s
    join paris_days sent on sent.moment = s.sent_at
    join paris_days e on e.moment = s.event_at
    join filing_regimes r on r.regime = s.regime
    join filing_periods p on p.span = r.span and p.date = e.day
    left join paris_days answered on answered.moment = s.acknowledged_at
    where sent.day <= $as_of and (s.known_at is null or cast(s.known_at as date) <= $as_of)
) f
left join (
    select distinct c.replaces
    from filings c
    join paris_days d on d.moment = c.sent_at
    where c.replaces is not null and d.day <= $as_of and (c.known_at is null or cast(c.known_at as date) <= $as_of)
) again on again.replaces = f.filing_id
