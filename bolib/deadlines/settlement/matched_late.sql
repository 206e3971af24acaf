/*
id: SETTLE-05
title: Which instructions were matched after their settlement date?
rule: A-32
severity: MINOR
key: instruction_id
amount: amount
date: intended_settlement_date
owner: instruction
thresholds: {looked_back_days: 20}
message: "{instruction_id}: due {intended_settlement_date}, matched {matched_at}; we accepted {accepted_at}, {counterparty} {counterparty_accepted_at}."
*/
select
    s.instruction_id, s.trade_id, s.isin, s.quantity, s.amount, s.currency, s.intended_settlement_date, s.counterparty,
    s.accepted_at, s.counterparty_accepted_at, s.matched_at, s.source_file, s.source_line
from settlements s
join t2s_days now on now.date = $as_of
join t2s_days matched on matched.date = cast(s.matched_at as date)
where s.status <> 'CANC' and cast(s.matched_at as date) > s.intended_settlement_date
    and matched.date <= $as_of and now.day - matched.day <= $looked_back_days
    and (s.known_at is null or cast(s.known_at as date) <= $as_of)
