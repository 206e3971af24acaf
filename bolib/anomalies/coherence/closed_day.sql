/*
id: COH-08
title: Which deals are dated on a day no market is open, or in the future?
rule: C3.trade.day
severity: MAJOR
key: trade_id
amount: net_amount
date: entered_on
owner: trade
needs: [trades]
message: "{trade_id}: {side} {quantity} {isin} in {book} dated {trade_date}, {why}; entered {entered_at} by {entered_by}."
*/
select
    f.trade_id, f.version, f.book, f.trader, f.isin, f.side, f.quantity, f.net_amount, f.currency, f.trade_date,
    case when f.trade_date > $as_of then 'after the day of this report' else 'a weekend, 1 January or 25 December' end
        as why,
    f.entered_by, f.entered_at, cast(f.entered_at as date) as entered_on, f.explanation, f.source_file, f.source_line
from fo_deals f
left join t2s_days d on d.date = f.trade_date
where f.action <> 'CANCEL' and (f.trade_date > $as_of or not d.open)
