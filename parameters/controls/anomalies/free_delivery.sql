/*
id: BANK-01
title: Which large deliveries leave free of payment?
rule: BANK.free.delivery
severity: MAJOR
key: instruction_id
amount: amount
date: intended_settlement_date
owner: instruction
thresholds: {limit: 1000000}
message: "{instruction_id}: {quantity} {isin} worth {amount} {currency} leave free of payment to {counterparty} on {intended_settlement_date}."
*/
select
    instruction_id, isin, quantity, amount, currency, counterparty, place, intended_settlement_date, status, source_file,
    source_line
from settlements
where movement = 'DELI' and payment = 'FREE' and amount > $limit and settled_on is null and status <> 'CANC'
