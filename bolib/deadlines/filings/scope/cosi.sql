/* Customers whose cash of a month, in one direction, is above the limit; in scope from the day it is passed. */
select
    'COSI' as regime, customer_id as object_id, coalesce(min(passed_on), max(last_on)) as event_on,
    case when min(passed_on) is not null then 'IN' else 'UNKNOWN' end as scope,
    cast(sum(case when passed_on is not null then total else 0 end) as decimal(18,2)) as amount, 'EUR' as currency,
    case
        when min(passed_on) is null then 'cash in a currency without a rate'
        when min(case when passed_on is not null then direction end) < max(case when passed_on is not null then direction end)
            then 'cash paid in and cash paid out above the limit'
        when min(case when passed_on is not null then direction end) = 'IN' then 'cash paid in above the limit'
        else 'cash paid out above the limit'
    end as told
from cash_sums
where passed_on is not null or unconverted > 0
group by customer_id, year, month
