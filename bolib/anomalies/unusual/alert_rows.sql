/* view: what the kernels say, each with its record. */
select e.*, r.object, r.amount, r.currency, r.source_file, r.source_line
from evidence e
left join records r on r.block = e.block and r.key = e.key
