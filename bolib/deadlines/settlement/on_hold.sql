/*
id: SETTLE-10
title: Which instructions are still on hold though their settlement date is near?
rule: A2.hold
severity: MINOR
key: instruction_id
amount: amount
date: intended_settlement_date
owner: instruction
needs: [settlements]
thresholds: {days_before: 1}
message: "{instruction_id}: {movement} {quantity} {isin} with {counterparty}, due {intended_settlement_date}, is on hold ({reason}); business days left: {days_left}."
*/
select
    u.instruction_id, u.trade_id, u.movement, u.isin, u.quantity, u.amount, u.currency, u.intended_settlement_date,
    u.status, u.reason, u.counterparty, u.place, -u.days_late as days_left, o.desk as instruction, u.source_file,
    u.source_line
from open_instructions u
left join open_settlements o on o.instruction_id = u.instruction_id
where (u.hold or o.cause = 'hold') and u.intended_settlement_date >= $as_of and u.days_late >= -$days_before
