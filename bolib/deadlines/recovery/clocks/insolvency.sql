/* The commission decides on a case within months. */
select
    'insolvency_case' as object_type, i.customer_id || ' ' || cast(i.filed_on as string) as key, 'D-25.decision' as rule, i.filed_on as trigger_date,
    cast(null as timestamp) as triggered_at,
    case when least(coalesce(i.admitted_on, i.closed_on), coalesce(i.closed_on, i.admitted_on)) <= $as_of
        then least(coalesce(i.admitted_on, i.closed_on), coalesce(i.closed_on, i.admitted_on)) end as done_on,
    cast(null as timestamp) as done_at, true as recorded, cast(null as decimal(18,2)) as amount,
    cast(null as string) as currency
from insolvency_cases i
where i.filed_on <= $as_of
