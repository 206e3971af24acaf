/* view: each account and security on the last evening its custodian stated: theirs = dealt - to receive + to deliver
   + clients + explained (loans, events) + residual. */
select
    c.account, c.isin, i.name, c.evening, c.theirs, c.dealt, c.contractual, c.receipts, c.deliveries, c.clients,
    x.explained, x.residual, x.reasons, x.arithmetic, s.places
from depot_compared c
join depot_evenings e on e.account = c.account and e.evening = c.evening and e.rank = 1
join depot_explained x on x.account = c.account and x.evening = c.evening and x.isin = c.isin
left join instruments i on i.isin = c.isin
left join stated_places s on s.account = c.account and s.date = c.evening and s.isin = c.isin
