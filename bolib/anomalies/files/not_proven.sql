/*
id: LOAD-04
title: For which files does what came in not add up?
rule: C-14
severity: CRITICAL
key: file
owner: file
needs: [] # what arrived is always known
message: "{file} is not proven: {reason}. Read {rows_read}, accepted {rows_accepted}, set aside {rows_set_aside}, excluded {rows_excluded}; declared {declared_rows}."
*/
select
    source, file, reason, rows_read, rows_accepted, rows_set_aside, rows_excluded, declared_rows, amount_read,
    amount_accepted, amount_set_aside, amount_excluded, declared_amount
from completeness
where not proven
