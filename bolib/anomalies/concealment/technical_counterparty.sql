/*
id: CON-04
title: Which deals still stand with a party that is only a placeholder?
rule: C3.counterparty.named
severity: MAJOR
key: trade_id
amount: net_amount
date: trade_date
owner: trade
needs: [trades, counterparties]
thresholds: {tolerated_days: 0}
message: "{trade_id}: {side} {quantity} {isin} in {book}, dealt {trade_date}, still with {name}; business days since: {days_open}."
*/
select
    f.trade_id, f.version, f.book, f.trader, f.isin, f.side, f.quantity, f.net_amount, f.currency, f.counterparty, c.name,
    f.trade_date, f.settlement_date, now.day - dealt.day as days_open, f.entered_by, f.explanation, f.source_file,
    f.source_line
from fo_deals f
join counterparties c on c.lei = f.counterparty and c.technical
join target_days now on now.date = $as_of
join target_days dealt on dealt.date = f.trade_date
where f.action <> 'CANCEL' and f.from_book is null and now.day - dealt.day > $tolerated_days
