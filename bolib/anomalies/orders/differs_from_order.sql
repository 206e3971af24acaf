/*
id: ORD-01
title: Which deals are not what was ordered?
rule: C3.order.terms
severity: CRITICAL
key: trade_id
amount: net_amount
date: trade_date
owner: trade
needs: [trades, orders]
thresholds: {looked_back_days: 10}
message: "{trade_id} differs from its order {order_id} in{fields}: dealt {side} {quantity} {isin} for {book}, ordered {order_side} {order_quantity} {order_isin} for {order_book}."
*/
select *
from (
    select
        trade_id, version, book, trader, isin, side, quantity, net_amount, currency, trade_date, order_id, account,
        order_book, order_isin, order_side, order_quantity, order_currency,
        case when side <> order_side then ' side' else '' end || case when isin <> order_isin then ' isin' else '' end
            || case when book <> order_book then ' book' else '' end
            || case when currency <> order_currency then ' currency' else '' end as fields,
        source_file, source_line, order_file, order_line
    from dealt_orders
    where days_back < $looked_back_days and order_status is not null
) compared
where length(fields) > 0
