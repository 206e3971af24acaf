/*
id: COH-14
title: Which deals are to settle on a day on which nothing settles?
rule: C3.settlement.open
severity: MAJOR
key: trade_id
amount: net_amount
date: trade_date
owner: trade
needs: [trades]
thresholds: {looked_back_days: 10}
message: "{trade_id}: {side} {quantity} {isin} in {book}, dealt {trade_date}, is to settle on {settlement_date}: {why}."
*/
select
    r.trade_id, r.version, r.book, r.trader, r.isin, r.side, r.quantity, r.net_amount, r.currency, r.trade_date,
    r.settlement_date,
    case when not d.open then 'a weekend, 1 January or 25 December' else 'TARGET is closed, no euro is paid' end as why,
    r.entered_by, r.source_file, r.source_line
from recent_deals r
join t2s_days d on d.date = r.settlement_date
join target_days t on t.date = r.settlement_date
where r.days_back < $looked_back_days and (not d.open or r.currency = 'EUR' and not t.open)
