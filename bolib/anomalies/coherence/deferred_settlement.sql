/*
id: COH-09
title: Which deals over the counter settle later than is usual?
rule: C3.trade.deferred
severity: MINOR
key: trade_id
amount: net_amount
date: trade_date
owner: trade
needs: [trades]
thresholds: {usual_days: 3, looked_back_days: 10}
message: "{trade_id}: {side} {quantity} {isin} with {counterparty}, dealt {trade_date}, settles {settlement_date}: business days between: {days}."
*/
select
    f.trade_id, f.version, f.book, f.trader, f.isin, f.side, f.quantity, f.net_amount, f.currency, f.counterparty,
    f.trade_date, f.settlement_date, due.day - dealt.day as days, f.entered_by, f.source_file, f.source_line
from fo_deals f
join target_days now on now.date = $as_of
join target_days dealt on dealt.date = f.trade_date
left join target_days due on due.date = f.settlement_date
where f.action <> 'CANCEL' and f.venue is null and now.day - dealt.day < $looked_back_days
    and (due.day is null or due.day - dealt.day > $usual_days)
