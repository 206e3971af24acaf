/* view: What is past its settlement date, by the age bands of the rule on own funds, as far as it is unsettled. */
select
    b.band, b.from_day, b.factor, o.currency, cast(count(*) as bigint) as instructions,
    cast(sum(o.open_amount) as decimal(18,2)) as amount,
    cast(sum(o.price_difference) as decimal(18,2)) as price_difference,
    cast(sum(o.own_funds) as decimal(18,2)) as own_funds,
    cast(sum(case when o.payment = 'APMT' and b.factor > 0 and o.own_funds is null then 1 else 0 end) as bigint)
        as unpriced
from open_settlements o
join ageing_bands b on coalesce(o.days_late >= b.from_day, true)
    and (b.to_day is null or o.days_late < b.to_day)
where o.intended_settlement_date < $as_of and (o.days_late is null or o.days_late > 0)
group by b.band, b.from_day, b.factor, o.currency
