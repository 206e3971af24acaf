/* view: each order into which others were grouped, with what was allotted of what was dealt on it; `known` is empty where
   nobody knows it. Late is after the business day of its first deal. */
select
    g.parent_order_id as order_id, p.order_id as known, p.book, p.side, p.isin, p.dealt, g.ordered, g.allotted, g.orders,
    g.accounts, g.first_order, g.ordered_on, g.otherwise, g.beyond, g.without_client, g.after_deal, g.late,
    g.source_file, g.source_line
from (
    select
        c.parent_order_id, min(c.order_id) as first_order, count(*) as orders, count(distinct c.account) as accounts,
        cast(sum(c.quantity) as decimal(18,6)) as ordered, max(cast(c.ordered_at as date)) as ordered_on,
        cast(sum(coalesce(c.allocated_quantity, 0)) as decimal(18,6)) as allotted,
        count(case when c.side <> q.side or c.isin <> q.isin or c.currency <> q.currency then 1 end) as otherwise,
        count(case when c.allocated_quantity > c.quantity then 1 end) as beyond,
        count(case when c.account is null then 1 end) as without_client,
        count(case when c.ordered_at > q.first_traded_at then 1 end) as after_deal,
        count(case when allotted.day > dealt.day then 1 end) as late,
        min(c.source_file) as source_file, min(c.source_line) as source_line
    from filled_orders c
    left join filled_orders q on q.order_id = c.parent_order_id
    left join target_days dealt on dealt.date = cast(q.first_traded_at as date)
    left join target_days allotted on allotted.date = cast(c.allocated_at as date)
    where c.parent_order_id is not null
    group by c.parent_order_id
) g
left join filled_orders p on p.order_id = g.parent_order_id
