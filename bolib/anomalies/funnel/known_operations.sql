/* view: every operation taken on, once: deals of either office, orders nothing was dealt on (those
   grouped into another are that one), deals set aside at the load;
   with the evidence of how far it has come. */
select
    'DEAL' as kind, ids.trade_id as operation, coalesce(f.book, b.book) as book, coalesce(f.isin, b.isin) as isin,
    coalesce(f.net_amount, b.net_amount) as amount, coalesce(f.currency, b.currency) as currency,
    coalesce(f.action, b.action) as action, cast(null as string) as order_status,
    coalesce(f.trade_date, b.trade_date) as trade_date, cast(coalesce(f.entered_at, b.entered_at) as date) as entered_on,
    coalesce(f.settlement_date, b.settlement_date) as settlement_date,
    coalesce(f.from_book, b.from_book) is not null as internal, f.trade_id is not null as dealt,
    b.trade_id is not null as booked,
    coalesce(cast(f.confirmed_at as date) <= $as_of, false) as confirmed, coalesce(s.stage, 0) as stage, s.settled_on,
    a.trade_id is not null as accounted, coalesce(f.source_file, b.source_file) as source_file,
    coalesce(f.source_line, b.source_line) as source_line
from (select trade_id from fo_deals union select trade_id from bo_deals) ids
left join fo_deals f on f.trade_id = ids.trade_id
left join bo_deals b on b.trade_id = ids.trade_id
left join instruction_stages s on s.trade_id = ids.trade_id
left join accounted_deals a on a.trade_id = ids.trade_id
union all
select
    'ORDER', o.order_id, o.book, o.isin, cast(null as decimal(18,2)), o.currency, cast(null as string), o.status,
    cast(o.ordered_at as date), cast(o.ordered_at as date), cast(null as date), false, false, false, false, 0,
    cast(null as date), false, o.source_file, o.source_line
from filled_orders o
where o.deals is null and o.parent_order_id is null
union all
select distinct
    'SET_ASIDE', file || ':' || cast(line as string), cast(null as string), cast(null as string),
    cast(null as decimal(18,2)), cast(null as string), cast(null as string), cast(null as string), cast(null as date),
    cast(null as date), cast(null as date), false, false, false, false, 0, cast(null as date), false, file, line
from set_aside
where source = 'trades' or file in (select distinct source_file from trades)
