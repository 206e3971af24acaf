/*
id: FILING-10
title: Under which regimes is something in scope, and nothing registered or filed?
rule: B.register
severity: MAJOR
key: regime
date: last_event
owner: filing
needs: [reportable]
message: "{regime}: {events} events in scope by {source} from {first_event} to {last_event}, and neither a register nor a filing: not judged one by one."
*/
select
    g.regime, g.source, cast(count(*) as bigint) as events, min(c.event_on) as first_event, max(c.event_on) as last_event
from filing_registers g
join scoped_events c on c.regime = g.regime and c.scope = 'IN'
where g.registered_from is null
group by g.regime, g.source
