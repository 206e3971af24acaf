/* view: each version of a deal on the day it was entered, and what is said of it. */
select
    'trades' as block, t.trade_id || ' ' || cast(t.version as string) as key, cast(t.entered_at as date) as day,
    now.day - d.day < $unusual_days as judged, t.book, t.trader, t.isin, t.side, p.name as counterparty, t.venue,
    t.pset_bic as place, t.entered_by, cast(s.day - o.day as string) || ' days' as settles_in, t.traded_at
from trades t
join target_days d on d.date = cast(t.entered_at as date)
join target_days now on now.date = $as_of
left join target_days o on o.date = t.trade_date
left join target_days s on s.date = t.settlement_date
left join counterparties p on p.lei = t.counterparty
where t.action <> 'CANCEL' and cast(coalesce(t.known_at, t.entered_at) as date) <= $as_of
