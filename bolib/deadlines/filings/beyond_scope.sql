/*
id: FILING-07
title: What was filed or listed though the tables show nothing of the kind?
rule: B.scope
severity: MAJOR
key: regime, object_id, period
date: event_on
owner: filing
needs: [reportable]
message: "{regime} {object_id} (event of {event_on}): {was}, but {source} show nothing of the kind."
*/
select
    regime, object_id, period, event_on, was, filing_id, coalesce(source, 'the register and the tables') as source,
    source_file, source_line
from strays
