/* view: the own position of each account and security on each evening in its three views, what is still to be received
   and delivered, and what events the market has not paid yet make of what is held (`in_progress`: theirs - ours). */
select
    account, evening, isin,
    cast(sum(case when measure = 'BOOKS' and part = 'DEALT' then quantity else 0 end) as decimal(18,6)) as dealt,
    cast(sum(case when measure = 'BOOKS' and part = 'CONTRACTUAL' then quantity else 0 end) as decimal(18,6)) as contractual,
    cast(sum(case when measure = 'BOOKS' and part = 'RECEIPT' then quantity else 0 end) as decimal(18,6)) as receipts,
    cast(sum(case when measure = 'BOOKS' and part = 'DELIVERY' then quantity else 0 end) as decimal(18,6)) as deliveries,
    cast(sum(
        case
            when part = 'CONTRACTUAL' then 0
            when measure = 'PAID' and part = 'RECEIPT' or measure = 'BOOKS' and part <> 'RECEIPT' then -quantity
            else quantity
        end
    ) as decimal(18,6)) as in_progress
from depot_counted
group by account, evening, isin
