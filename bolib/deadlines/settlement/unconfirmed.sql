/*
id: SETTLE-11
title: Which deals are not confirmed by the counterparty in time?
rule: A-08a.close
severity: MAJOR
key: trade_id
amount: net_amount
date: trade_date
owner: allocation
needs: [trades, counterparties]
message: "{trade_id}: {side} {quantity} {isin} with {counterparty}, dealt {traded_at}, is not confirmed; due {due_date} ({rule}: {arithmetic})."
*/
select
    t.trade_id, t.version, t.book, t.isin, t.side, t.quantity, t.net_amount, t.currency, t.counterparty, t.venue,
    t.trade_date, t.traded_at, t.settlement_date, d.rule, d.due_date, d.arithmetic, d.days_left, t.source_file,
    t.source_line
from deadlines d
join known_trades t on t.trade_id = d.key
where d.object_type = 'allocation' and d.status = 'OVERDUE'
