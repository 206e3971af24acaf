/*
id: PNL-08
title: Which currencies have no rate of the day?
rule: PC.prices
severity: CRITICAL
key: currency
date: date
needs: [fx_rates, books]
thresholds: {}
message: "{currency} has no reference rate of {date}; {positions} positions need it."
*/
select cast($as_of as date) as date, i.currency, count(*) as positions
from positions p
join instruments i on i.isin = p.isin
left join fx_rates r on r.currency = i.currency and r.date = $as_of
where i.currency <> 'EUR' and r.rate is null
group by i.currency
