/* view: what stands beside the ledger, and how much of it agrees: sub-ledgers by reference, results by book. */
select
    sub_account || ' with ' || ledger as comparison, currency, count(*) as compared,
    count(case when ledger_amount <> sub_amount or ledger_date <> sub_date then 1 end) as differences,
    cast(sum(ledger_amount) as decimal(18,2)) as ledger_amount, cast(sum(sub_amount) as decimal(18,2)) as other_amount
from subledger_items
group by ledger, sub_account, currency
union all
select
    'result of ' || book || ' on ' || cast(date as string) || ' with ' || root as comparison, currency,
    count(*) as compared, count(case when recorded <> total then 1 end) as differences,
    cast(sum(recorded) as decimal(18,2)) as ledger_amount, cast(sum(total) as decimal(18,2)) as other_amount
from result_days
group by book, date, root, currency
