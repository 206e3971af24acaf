/*
id: LOAD-05
title: Which records could not be accepted, and why?
rule: C-14
severity: MAJOR
key: file, field, reason
owner: file
needs: [] # what arrived is always known
message: "{file}: {reason}. Records set aside: {records}, the first in line {source_line}, {field} {first_value}."
*/
select
    g.file, g.field, g.reason, g.records, f.value as first_value, f.raw as first_record, g.file as source_file,
    g.first_line as source_line
from (
    select
        s.file, coalesce(s.column, 'record') as field, s.reason, cast(count(*) as bigint) as records,
        min(s.line) as first_line
    from set_aside s
    group by s.file, coalesce(s.column, 'record'), s.reason
) g
join set_aside f
    on f.file = g.file and f.line = g.first_line and f.reason = g.reason and coalesce(f.column, 'record') = g.field
