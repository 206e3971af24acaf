/* view: what stands beside the ledger, and how much of it agrees: sub-ledgers by reference, results by book. */
select
    sub_account || ' with ' || ledger as comparison, currency, count(*) as compared,
    count(case when ledger_amount <> sub_amount or ledger_date <> sub_date then 1 end) as differences,
    cast(sum(ledger_amount) as decimal(18,2)) as ledger_amount, cast(sum(sub_amount) as decimal(18,2)) as other_amount,
    cast(null as string) as result
from subledger_items
group by ledger, sub_account, currency
union all
select
    stated_as || ': ' || book || ' on ' || cast(date as string) || ' with ' || roots as comparison, currency,
    cast(1 as bigint) as compared, cast(case when recorded <> total then 1 else 0 end as bigint) as differences,
    recorded as ledger_amount, total as other_amount, book || ' ' || cast(date as string) as result
from result_days
