/* view: what each custodian says had settled, against what the bank's own records say had: dealt for its books, less
   what is still to be received, plus what is still to be delivered, plus what it holds for clients. `difference` is
   theirs less ours, before loans and events. */
with held as (
    select account, evening, isin from depot_own
    union
    select account, evening, isin from depot_clients
    union
    select e.account, e.evening, h.isin
    from depot_evenings e
    join stated_holdings h on h.account = e.account and h.date = e.evening
)
select
    k.account, k.evening, k.isin, coalesce(h.quantity, 0) as theirs, coalesce(o.dealt, 0) as dealt,
    coalesce(o.contractual, 0) as contractual, coalesce(o.receipts, 0) as receipts,
    coalesce(o.deliveries, 0) as deliveries, coalesce(c.quantity, 0) as clients,
    coalesce(h.quantity, 0) - coalesce(o.dealt, 0) + coalesce(o.receipts, 0) - coalesce(o.deliveries, 0)
        - coalesce(c.quantity, 0) as difference
from held k
left join stated_holdings h on h.account = k.account and h.date = k.evening and h.isin = k.isin
left join depot_own o on o.account = k.account and o.evening = k.evening and o.isin = k.isin
left join depot_clients c on c.account = k.account and c.evening = k.evening and c.isin = k.isin
where coalesce(h.quantity, 0) <> 0 or coalesce(o.dealt, 0) <> 0 or coalesce(o.receipts, 0) <> 0
    or coalesce(o.deliveries, 0) <> 0 or coalesce(c.quantity, 0) <> 0
