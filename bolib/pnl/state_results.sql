/* view: the result of each day in each state, two ways, from lots and booked cash alone:
   `total` = change of market value + cash; `realised` + `unrealised` = lots closed and income + change of
   what is held over its cost. The attribution is computed elsewhere and must come to the same. */
with terms as (
    select state, isin, book, day, market_value as total, realised, market_value - signed_cost as unrealised
    from (
        select state, isin, book, day, market_value, cast(0 as decimal(18,2)) as realised,
               case when quantity < 0 then -cost else cost end as signed_cost
        from held
    ) level
    union all
    select state, isin, book, day + 1, -market_value, cast(0 as decimal(18,2)),
           -(market_value - case when quantity < 0 then -cost else cost end)
    from held
    union all
    select state, isin, book, day, cast(0 as decimal(18,2)), result, cast(0 as decimal(18,2))
    from lot_rows where kind = 'POSITION'
    union all
    select c.state, c.isin, c.book, c.day, c.cash_net,
           c.cash_accrued + case when b.fees_in_cost and c.kind = 'TRADE' then 0 else c.cash_fees + c.cash_taxes end, cast(0 as decimal(18,2))
    from deal_cash c join books b on b.book = c.book
    union all
    select state, isin, book, day, -market_value, clean_value - market_value, cast(0 as decimal(18,2))
    from transfer_values
    union all
    select state, isin, book, day, market_value,
           case when kind = 'REDEMPTION' then cast(0 as decimal(18,2)) else market_value end, cast(0 as decimal(18,2))
    from entitlements
)
select
    t.state, t.isin, t.book, t.day,
    cast(sum(t.total) as decimal(18,2)) as total,
    cast(sum(t.realised) as decimal(18,2)) as realised,
    cast(sum(t.unrealised) as decimal(18,2)) as unrealised
from terms t
join states s on s.isin = t.isin and s.state = t.state
where t.day > (select min(day) from pnl_days) and t.day <= s.last_day
group by t.state, t.isin, t.book, t.day
