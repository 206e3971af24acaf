/*
id: PNL-07
title: Which instruments held are out of the result?
rule: PC.prices
severity: CRITICAL
key: isin
needs: [prices, trades]
thresholds: {}
message: "{isin} {name}: no price or no {currency} rate on the first day it is held. It is out of the result."
*/
select i.isin, i.name, i.currency
from (select distinct isin from deal_versions union select distinct isin from opening_lots) h
join instruments i on i.isin = h.isin
left join valued v on v.isin = h.isin
where v.isin is null
