/*
id: PENAL-01
title: Which cash penalties does the depository report at another amount than our own data give?
rule: A-30
severity: MAJOR
key: penalty_id
amount: amount_at_stake
date: date
owner: instruction
needs: [settlements, penalties]
thresholds: {tolerated: 0.01}
message: "{penalty_id}: {type} of {date} on {instruction_id}, reported {reported} {currency}, computed {amount} ({direction}): {cause}, {why}."
*/
select
    p.penalty_id, p.instruction_id, p.isin, p.date, p.type, p.reason, p.quantity, p.reference_price, p.rate_bp, p.direction,
    p.amount, p.reported, p.currency, p.difference, p.cause, p.counterparty, p.rule,
    abs(p.difference) as amount_at_stake, p.why,
    p.source_file, p.source_line
from penalties_computed p
where p.cause in ('PRICE', 'RATE', 'QUANTITY', 'TYPE', 'DIRECTION', 'CURRENCY', 'UNEXPLAINED', 'ROUNDING')
    and (p.difference is null or abs(p.difference) > $tolerated)
