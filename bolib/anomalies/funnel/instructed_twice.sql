/*
id: FUN-04
title: Which deals are instructed for more than was dealt?
rule: C3.instructed.once
severity: CRITICAL
key: trade_id, movement
amount: amount
date: intended_settlement_date
owner: instruction
needs: [trades, settlements]
message: "{trade_id}: {instructions} live instructions ({first} to {last}) {movement} {instructed} {isin}; dealt {dealt}. Cancel what is too many before {intended_settlement_date}."
*/
select
    f.trade_id, s.movement, f.isin, count(*) as instructions, min(s.instruction_id) as first, max(s.instruction_id) as last,
    cast(sum(s.quantity) as decimal(18,6)) as instructed, f.quantity as dealt,
    cast(sum(s.amount) as decimal(18,2)) as amount, f.currency,
    max(s.intended_settlement_date) as intended_settlement_date, f.source_file, f.source_line
from settlements s
join fo_deals f on f.trade_id = s.trade_id
where s.status <> 'CANC' and f.action <> 'CANCEL' and f.isin = s.isin
    and cast(coalesce(s.known_at, s.accepted_at, $as_of) as date) <= $as_of
group by f.trade_id, s.movement, f.isin, f.quantity, f.currency, f.source_file, f.source_line
having count(*) > 1 and cast(sum(s.quantity) as decimal(18,6)) > f.quantity
