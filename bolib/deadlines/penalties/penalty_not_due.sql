/*
id: PENAL-02
title: Which cash penalties does the depository report although nothing is due?
rule: A-31
severity: MAJOR
key: penalty_id
amount: reported
date: date
owner: instruction
needs: [settlements, penalties]
message: "{penalty_id}: {type} of {date} on {instruction_id}, {direction} {reported} {currency}, but nothing is due: {why}."
*/
select
    p.penalty_id, p.instruction_id, p.isin, p.date, p.type, p.direction, p.reported, p.currency, p.cause, p.why,
    p.counterparty, p.source_file, p.source_line
from penalties_computed p
where p.cause in ('SCOPE', 'DAYS', 'DUPLICATE') and p.penalty_id is not null
