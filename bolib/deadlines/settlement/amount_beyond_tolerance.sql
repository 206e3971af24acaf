/*
id: SETTLE-16
title: Which unmatched instructions cannot match, for their amount is not the deal's?
rule: A-15
severity: MAJOR
key: instruction_id
amount: difference
date: intended_settlement_date
owner: instruction
needs: [settlements, trades]
message: "{instruction_id}: instructed at {amount} {currency}, dealt at {net_amount}; the difference of {difference} is beyond the tolerance of {tolerance}."
*/
select
    u.instruction_id, u.trade_id, u.movement, u.isin, u.amount, u.currency, t.net_amount,
    cast(u.amount - t.net_amount as decimal(18,2)) as difference, m.tolerance, u.intended_settlement_date,
    u.counterparty, u.place, o.desk as instruction, u.source_file, u.source_line
from open_instructions u
join known_trades t on t.trade_id = u.trade_id and t.currency = u.currency
join matching_tolerances m on m.currency = u.currency and t.net_amount > m.above
    and (m.up_to is null or t.net_amount <= m.up_to)
left join open_settlements o on o.instruction_id = u.instruction_id
where u.matched_at is null and (u.amount - t.net_amount > m.tolerance or t.net_amount - u.amount > m.tolerance)
