/*
id: FUN-01
title: Do the states of the operations add up to the operations taken on?
rule: C3.funnel
severity: CRITICAL
key: currency
amount: difference
needs: [trades]
message: "{currency}: {taken} operations taken on worth {amount_taken}, {stated} in the states of the funnel worth {amount_stated}."
*/
select
    t.currency, t.operations as taken, t.amount as amount_taken, coalesce(f.operations, 0) as stated,
    coalesce(f.amount, cast(0 as decimal(18,2))) as amount_stated,
    cast(coalesce(f.amount, cast(0 as decimal(18,2))) - t.amount as decimal(18,2)) as difference
from (
    -- counted from the records themselves, without the views of the funnel
    select currency, cast(sum(operations) as bigint) as operations, cast(sum(amount) as decimal(18,2)) as amount
    from (
        select coalesce(d.currency, '') as currency, 1 as operations, d.net_amount as amount
        from (
            select
                r.trade_id, r.currency, r.net_amount,
                row_number() over (partition by r.trade_id order by r.office, r.version desc) as rank
            from (
                select 1 as office, trade_id, version, currency, net_amount, coalesce(known_at, entered_at) as known
                from trades
                union all
                select 2, trade_id, version, currency, net_amount, coalesce(known_at, entered_at) from bookings
            ) r
            where cast(r.known as date) <= $as_of
        ) d
        where d.rank = 1
        union all
        select coalesce(o.currency, ''), 1, cast(0 as decimal(18,2))
        from orders o
        left join (
            select distinct order_id from fo_deals where action <> 'CANCEL' and order_id is not null
        ) used on used.order_id = o.order_id
        where used.order_id is null and o.parent_order_id is null
            and cast(coalesce(o.known_at, o.ordered_at) as date) <= $as_of
        union all
        select '', 1, cast(0 as decimal(18,2))
        from (
            select distinct file, line from set_aside
            where source = 'trades' or file in (select distinct source_file from trades)
        ) aside
    ) records
    group by currency
) t
left join (
    select
        currency, cast(sum(operations) as bigint) as operations,
        cast(sum(coalesce(amount, cast(0 as decimal(18,2)))) as decimal(18,2)) as amount
    from funnel
    group by currency
) f on f.currency = t.currency
where t.operations <> coalesce(f.operations, 0) or t.amount <> coalesce(f.amount, 0)
