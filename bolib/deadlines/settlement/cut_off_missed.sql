/*
id: SETTLE-08
title: Which instructions were matched or released after the cut-off of their settlement date?
rule: A2.cutoff.dvp
severity: MINOR
key: instruction_id
amount: amount
date: trigger_date
owner: instruction
needs: [settlements]
thresholds: {looked_back_days: 20}
message: "{instruction_id}: ready at {ready_at}, after the cut-off at {due_at} ({arithmetic}); we accepted {accepted_at}, {counterparty} {counterparty_accepted_at}, released {released_at}."
*/
select
    s.instruction_id, s.trade_id, s.movement, s.isin, s.quantity, s.amount, s.currency, d.trigger_date, d.rule, d.due_at,
    d.arithmetic, s.accepted_at, s.counterparty_accepted_at, s.matched_at, r.released_at,
    case when r.held then null when r.released_at > s.matched_at then r.released_at else s.matched_at end as ready_at,
    s.counterparty, s.place, s.source_file, s.source_line
from deadlines d
join (select distinct rule from rule_places where payment is not null) p on p.rule = d.rule
join settlements s on s.instruction_id = d.key
join t2s_days now on now.date = $as_of
join t2s_days done on done.date = d.done_on
left join releases r on r.instruction_id = s.instruction_id
where d.object_type = 'instruction' and d.status = 'LATE' and now.day - done.day <= $looked_back_days
