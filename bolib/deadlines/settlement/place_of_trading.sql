/*
id: SETTLE-15
title: Which instructions of deals on a venue do not name it?
rule: A-11
severity: MINOR
key: instruction_id
amount: amount
date: trade_date
owner: instruction
needs: [settlements, trades]
thresholds: {looked_back_days: 20}
message: "{instruction_id}: the deal {trade_id} was made on {venue} on {trade_date}; the instruction names {trade_venue} as place of trading."
*/
select
    s.instruction_id, s.trade_id, s.movement, s.isin, s.amount, s.currency, s.intended_settlement_date, s.place,
    t.trade_date, t.venue, s.trade_venue, s.source_file, s.source_line
from settlements s
join known_trades t on t.trade_id = s.trade_id
join rule_starts f on f.rule = 'A-11' and t.trade_date >= f.valid_from
join t2s_days now on now.date = $as_of
join t2s_days dealt on dealt.date = t.trade_date
where s.status <> 'CANC' and t.venue is not null and (s.trade_venue is null or s.trade_venue <> t.venue)
    and now.day - dealt.day <= $looked_back_days and (s.known_at is null or cast(s.known_at as date) <= $as_of)
