/* view: each recent deal that names an order, with the order; `order_status` is empty where nobody knows the order. */
select
    r.trade_id, r.version, r.book, r.trader, r.isin, r.side, r.quantity, r.price, r.net_amount, r.currency, r.trade_date,
    r.traded_at, r.order_id, r.days_back, r.entered_by, r.source_file, r.source_line, o.status as order_status,
    o.book as order_book, o.isin as order_isin, o.side as order_side, o.quantity as order_quantity,
    o.currency as order_currency, o.limit_price, o.ordered_at, o.account, o.source_file as order_file,
    o.source_line as order_line
from recent_deals r
left join filled_orders o on o.order_id = r.order_id
where r.order_id is not null
