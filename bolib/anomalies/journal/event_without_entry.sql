/*
id: JRN-19
title: Which operations have no entry?
rule: C2.event.entries
severity: MAJOR
key: event_id
amount: amount
date: settled_on
owner: journal
needs: [accounting_scheme, settlements, trades, journal.event_id]
message: "{event_id}, {event_type} of {settled_on}: no entry, {lines} lines were to be recorded, {amount} {currency} the largest."
*/
select
    s.event_id, s.event_type, s.settled_on, count(*) as lines, max(s.amount) as amount, min(s.currency) as currency,
    min(s.source_file) as source_file, min(s.source_line) as source_line
from scheme_lines s
left join entries e on e.event_id = s.event_id
where e.entry_no is null
group by s.event_id, s.event_type, s.settled_on
