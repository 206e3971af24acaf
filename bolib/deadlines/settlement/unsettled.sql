/*
id: SETTLE-01
title: Which instructions are past their settlement date?
rule: A-50
severity: MAJOR
key: instruction_id
amount: amount
date: intended_settlement_date
owner: instruction
needs: [settlements]
thresholds: {tolerated_days: 0}
message: "{instruction_id}: {movement} {quantity} {isin} due {intended_settlement_date}, {days_late} business days late, {status} {reason}; {settled_quantity} settled so far."
*/
select
    f.instruction_id, f.trade_id, f.movement, f.isin, f.quantity, f.settled_quantity, f.amount, f.currency,
    f.intended_settlement_date, f.status, f.reason, f.hold, f.counterparty, f.place, f.days_late, o.cause,
    o.desk as instruction, f.source_file, f.source_line
from fails f
left join open_settlements o on o.instruction_id = f.instruction_id
where f.days_late is null or f.days_late > $tolerated_days
