/* view: each position that does not agree with what values it: the last close, per unit or per hundred of nominal. */
select
    b.*, i.name, p.price, p.currency, p.price_date, i.multiplier,
    case when i.quotation = 'PERCENT' then 100 else 1 end as divisor
from depot_classes b
left join instruments i on i.isin = b.isin
left join last_closes p on p.isin = b.isin
