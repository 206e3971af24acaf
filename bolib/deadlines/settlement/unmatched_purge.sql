/*
id: SETTLE-06
title: Which unmatched instructions will the depository cancel?
rule: A2.unmatched.purge
severity: MAJOR
key: instruction_id
amount: amount
date: trigger_date
owner: instruction
needs: [settlements]
thresholds: {warning_days: 5}
message: "{instruction_id}: unmatched, to be cancelled by {place} at the end of {due_date} ({arithmetic}); days left: {days_left}."
*/
select
    s.instruction_id, s.trade_id, s.movement, s.isin, s.quantity, s.amount, s.currency, s.status, s.reason,
    s.counterparty, s.place, d.trigger_date, d.due_date, d.arithmetic, d.days_left, s.source_file, s.source_line
from deadlines d
join settlements s on s.instruction_id = d.key
where d.object_type = 'instruction' and d.rule in ('A2.unmatched.purge', 'A2.unmatched.purge.clearstream')
    and d.days_left <= $warning_days
