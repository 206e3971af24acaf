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
    instruction_id, trade_id, movement, isin, quantity, settled_quantity, amount, currency, intended_settlement_date,
    status, reason, counterparty, place, days_late, source_file, source_line
from fails
where days_late is null or days_late > $tolerated_days
