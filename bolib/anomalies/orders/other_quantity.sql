/*
id: ORD-02
title: On which orders was more dealt than ordered, or less although they count as filled?
rule: C3.order.quantity
severity: MAJOR
key: order_id
amount: gross_amount
currency: dealt_currency
date: ordered_on
owner: trade
needs: [trades, orders]
thresholds: {looked_back_days: 10}
message: "{order_id}: {side} {quantity} {isin} for {book}, {status}; dealt {dealt} in deals: {deals}, {gross_amount} {dealt_currency} gross in all."
*/
select
    f.order_id, f.book, f.account, f.isin, f.side, f.quantity, f.dealt, coalesce(f.deals, 0) as deals, f.status, f.gross_amount,
    f.dealt_currency, f.ordered_at, cast(f.ordered_at as date) as ordered_on, f.entered_by, f.source_file, f.source_line
from filled_orders f
join target_days now on now.date = $as_of
join target_days ordered on ordered.date = cast(f.ordered_at as date)
where now.day - ordered.day < $looked_back_days
    and (f.dealt > f.quantity or f.dealt < f.quantity and f.status = 'FILLED')
