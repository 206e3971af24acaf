/* view: what of each entitlement falls on each book. */
select
    b.ca_id, b.account, b.book, p.isin, p.type, p.pay_date, b.quantity,
    case when p.ratio_new is not null then b.quantity_due end as quantity_due,
    case when p.amount is not null then b.gross end as gross, case when p.amount is not null then b.tax end as tax,
    case when p.amount is not null then b.net end as net, p.currency
from ca_shares b
join ca_positions p on p.ca_id = b.ca_id and p.account = b.account
where b.quantity <> 0
