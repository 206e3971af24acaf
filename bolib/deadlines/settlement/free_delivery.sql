/*
id: SETTLE-12
title: Which free deliveries still wait for the other leg?
rule: A-52
severity: MAJOR
key: instruction_id
amount: amount
date: trigger_date
owner: instruction
needs: [settlements, ledger_lines]
message: "{instruction_id}: {movement} {quantity} {isin} free of payment, our leg done on {own_leg_on}; the other leg of {amount} {currency} with {counterparty} was due {trigger_date}. An exposure until {due_date}, then at {risk_weight} % ({arithmetic}); business days left: {days_left}."
*/
select
    e.instruction_id, e.trade_id, e.movement, e.isin, e.quantity, e.amount, e.currency, e.counterparty, e.own_leg_on,
    d.trigger_date, d.due_date, d.arithmetic, d.days_left, w.risk_weight, e.source_file, e.source_line
from deadlines d
join free_exposures e on e.instruction_id = d.key
join free_delivery_weights w on w.rule = d.rule
where d.object_type = 'instruction' and d.done_on is null and d.trigger_date < $as_of
