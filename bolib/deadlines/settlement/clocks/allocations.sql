/* A deal with a legal entity is allocated and confirmed by the hour its rule gives. The tables hold no category of
   clients: taken as concerned is every deal with a party that is not technical, own-book transfers apart. Executed
   late, or for a party of a country not known to be near, it has until the next day. The first confirmation counts. */
select
    'allocation' as object_type, t.trade_id as key,
    case when t.traded_at >= h.late_from or n.country is null then 'A-08a.noon' else 'A-08a.close' end as rule,
    t.trade_date as trigger_date, cast(null as timestamp) as triggered_at,
    cast(c.confirmed_at as date) as done_on, c.confirmed_at as done_at, true as recorded,
    t.net_amount as amount, t.currency
from known_trades t
join counterparties p on p.lei = t.counterparty and not p.technical
join allocation_hours h on h.trade_date = t.trade_date
left join near_countries n on n.country = p.country
left join first_confirmations c on c.trade_id = t.trade_id
where t.from_book is null
