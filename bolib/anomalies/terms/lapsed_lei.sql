/*
id: COH-15
title: Which deals were made with a party whose identifier (LEI) had lapsed?
rule: C3.lei.current
severity: MAJOR
key: trade_id
amount: net_amount
date: trade_date
owner: counterparty
needs: [trades, counterparties]
thresholds: {looked_back_days: 10}
message: "{trade_id}: {side} {quantity} {isin} on {trade_date} with {name}, whose LEI {counterparty} lapsed after {lei_valid_to}."
*/
select
    r.trade_id, r.version, r.book, r.trader, r.isin, r.side, r.quantity, r.net_amount, r.currency, r.trade_date,
    r.counterparty, c.name, c.lei_valid_to, r.source_file, r.source_line, c.source_file as counterparty_file,
    c.source_line as counterparty_line
from recent_deals r
join counterparties c on c.lei = r.counterparty
where r.days_back < $looked_back_days and c.lei_valid_to < r.trade_date
