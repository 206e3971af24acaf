/*
id: FILING-08
title: What is left out of a filing without a reason?
rule: B.reason
severity: MAJOR
key: regime, object_id, period
amount: amount
date: event_on
owner: filing
needs: [reportable]
message: "{regime} {object_id} (event of {event_on}): marked as not in scope, and no reason is given; by the tables it is {by_tables}."
*/
select
    regime, object_id, period, event_on, amount, currency, source_file, source_line,
    case when scope = 'IN' then 'in scope (' || told || ')' when scope = 'UNKNOWN' then 'undecided (' || told || ')'
        else 'not seen in scope' end as by_tables
from judged_filings
where state = 'UNEXPLAINED'
