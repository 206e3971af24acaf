/* view: every obligation to file, once: what the register lists, and what the tables put in scope since the register
   began. FILED: accepted, or a correction waits; SENT: no answer yet; REJECTED: and not sent again; NOT_SENT; EXEMPTED
   with a reason; UNEXPLAINED: left out without one. */
select
    s.*, s.regime || ' ' || s.object_id || ' ' || s.period as key,
    case when s.state = 'FILED' then s.accepted_on end as filed_on,
    case when s.state = 'FILED' then s.accepted_at end as filed_at
from (
    select
        o.regime, o.object_id, o.period, coalesce(l.event_on, c.event_on) as event_on, l.regime is not null as listed,
        c.scope, c.told, l.exemption_reason,
        case
            when not l.in_scope and l.exemption_reason is not null then 'EXEMPTED'
            when not l.in_scope then 'UNEXPLAINED'
            when f.accepted > 0 or (f.waiting > 0 and f.accepted_on is not null) then 'FILED'
            when f.waiting > 0 then 'SENT'
            when f.rejected > 0 then 'REJECTED'
            else 'NOT_SENT'
        end as state,
        f.accepted_on, f.accepted_at, f.last_sent_on, f.refused_on, f.filing_id, coalesce(f.filings, 0) as filings,
        coalesce(l.amount, c.amount) as amount, coalesce(l.currency, c.currency) as currency,
        l.amount as listed_amount, c.amount as scope_amount, l.currency as listed_currency,
        c.currency as scope_currency, l.source_file, l.source_line, f.filed_file, f.filed_line
    from (
        select regime, object_id, period from listed_events
        union
        select c.regime, c.object_id, c.period
        from scoped_events c
        join filing_registers g on g.regime = c.regime and c.period >= g.registered_period
        where c.scope = 'IN'
    ) o
    left join listed_events l on l.regime = o.regime and l.object_id = o.object_id and l.period = o.period
    left join scoped_events c on c.regime = o.regime and c.object_id = o.object_id and c.period = o.period
    left join filed_events f on f.regime = o.regime and f.object_id = o.object_id and f.period = o.period
) s
