/*
id: DUP-01
title: Which deals look recorded twice?
rule: C3.trade.duplicate
severity: MAJOR
key: trade_id, twin
amount: net_amount
date: trade_date
owner: trade
needs: [trades]
message: "{trade_id} ({traded_at}) and {twin} ({twin_traded_at}): both {side} {quantity} {isin} at {price} with {counterparty} for {book} on {trade_date}."
*/
select
    a.trade_id, b.trade_id as twin, a.book, a.trader, a.isin, a.side, a.quantity, a.price, a.net_amount, a.currency,
    a.counterparty, a.trade_date, a.traded_at, b.traded_at as twin_traded_at, a.order_id, a.entered_by,
    b.entered_by as twin_entered_by, a.source_file, a.source_line, b.source_file as twin_file, b.source_line as twin_line
from fo_deals a
join fo_deals b
    on b.book = a.book and b.isin = a.isin and b.side = a.side and b.quantity = a.quantity and b.price = a.price
    and b.trade_date = a.trade_date and b.counterparty = a.counterparty and b.trade_id > a.trade_id
-- fills of one order are no duplicates as long as the order has room for them
left join filled_orders o on o.order_id = a.order_id
where a.action <> 'CANCEL' and b.action <> 'CANCEL'
    and (
        a.order_id is null or b.order_id is null
        or a.order_id = b.order_id and (o.order_id is null or o.dealt > o.quantity)
    )
