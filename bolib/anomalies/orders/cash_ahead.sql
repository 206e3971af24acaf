/* view: by currency, what is to be paid by each business day's evening, and what surely comes in. */
select
    currency, due_day,
    cast(sum(paid) over (partition by currency order by due_day) as decimal(18,2)) as paid,
    cast(sum(received) over (partition by currency order by due_day) as decimal(18,2)) as received,
    cast(sum(payments) over (partition by currency order by due_day) as bigint) as payments
from (
    select
        currency, due_day, cast(sum(case when paid then amount else 0 end) as decimal(18,2)) as paid,
        cast(sum(case when sure and not paid then amount else 0 end) as decimal(18,2)) as received,
        cast(sum(case when paid then 1 else 0 end) as bigint) as payments
    from cash_due
    group by currency, due_day
) days
