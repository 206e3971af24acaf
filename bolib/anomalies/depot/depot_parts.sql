/* view: what makes up the own position of each account and security on each evening, in the units of the day it was
   dealt: DEALT by trade date, CONTRACTUAL by settlement date as agreed, RECEIPT and DELIVERY what had not settled. Each
   is counted twice: with every split since (BOOKS), and with those the market had paid by the evening (PAID). */
with parts as (
    select e.account, e.evening, m.isin, 'DEALT' as part, m.trade_date, m.quantity
    from depot_evenings e
    join book_moves m on m.account = e.account and m.trade_date <= e.evening
    union all
    select e.account, e.evening, m.isin, 'CONTRACTUAL' as part, m.trade_date, m.quantity
    from depot_evenings e
    join book_moves m on m.account = e.account and m.trade_date <= e.evening and m.settlement_date <= e.evening
    union all
    select
        e.account, e.evening, o.isin, case o.direction when 1 then 'RECEIPT' else 'DELIVERY' end as part, o.trade_date,
        o.quantity - coalesce(s.quantity, o.settled_part) as quantity
    from depot_evenings e
    join deliveries o on o.account = e.account and o.trade_date <= e.evening
        and (o.settled_on is null or o.settled_on > e.evening)
    left join depot_settled_parts s on s.evening = e.evening and s.instruction_id = o.reference
)
select
    p.account, p.evening, p.isin, p.part, k.measure, coalesce(u.numerator, 1) as numerator,
    coalesce(u.denominator, 1) as denominator, cast(sum(p.quantity) as decimal(18,6)) as quantity
from parts p
cross join (select 'BOOKS' as measure union all select 'PAID' as measure) k
left join depot_units u on u.measure = k.measure and u.evening = p.evening and u.isin = p.isin
    and p.trade_date >= u.from_date and p.trade_date < u.until_date
group by p.account, p.evening, p.isin, p.part, k.measure, coalesce(u.numerator, 1), coalesce(u.denominator, 1)
