/*
id: PENAL-03
title: Which cash penalties follow from our own data and were not reported?
rule: A-31
severity: MAJOR
key: instruction_id, date, type
amount: amount
date: date
owner: instruction
needs: [settlements, penalties]
message: "{instruction_id}: {type} of {date}, {direction} {amount} {currency}, not reported: {why}."
*/
select
    p.instruction_id, p.isin, p.date, p.type, p.reason, p.quantity, p.reference_price, p.rate_bp, p.direction, p.amount,
    p.currency, p.cause, p.why, p.counterparty, p.rule, p.source_file, p.source_line
from penalties_computed p
where p.cause in ('SCOPE', 'DAYS') and p.penalty_id is null
