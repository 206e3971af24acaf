/*
id: SETTLE-02
title: Which fails against payment bear own funds?
rule: A-51
severity: MAJOR
key: instruction_id
amount: amount
date: intended_settlement_date
owner: instruction
needs: [settlements]
message: "{instruction_id}: {quantity} {isin} with {counterparty}, {days_late} business days late: own funds of {percent} % of the price difference, {price_difference} {currency}: {own_funds}."
*/
select
    f.instruction_id, f.trade_id, f.movement, f.isin, f.quantity, f.amount, f.currency, f.intended_settlement_date,
    f.status, f.reason, f.counterparty, f.days_late, b.band, b.factor as percent, o.open_quantity, o.price,
    o.price_difference, o.own_funds, o.desk as instruction, f.source_file, f.source_line
from fails f
join ageing_bands b on coalesce(f.days_late >= b.from_day, true)
    and (b.to_day is null or f.days_late < b.to_day)
left join open_settlements o on o.instruction_id = f.instruction_id
where f.payment = 'APMT' and b.factor > 0
