/*
id: PENAL-05
title: Which cash penalties can not be computed, and what is missing?
rule: A-30
severity: MINOR
key: why, currency
amount: reported
date: last_day
owner: instruction
needs: [settlements]
message: "Not computable from {first_day} to {last_day}: {why}. Instructions: {instructions}, days: {lines}; reported on them: {reported} {currency}."
*/
select
    p.why, coalesce(p.currency, '-') as currency, count(*) as lines, count(distinct p.instruction_id) as instructions,
    min(p.date) as first_day, max(p.date) as last_day,
    cast(sum(coalesce(p.reported, 0)) as decimal(18,2)) as reported, min(p.instruction_id) as first_instruction
from penalties_computed p
where p.cause = 'NOT_COMPUTED'
group by p.why, coalesce(p.currency, '-')
