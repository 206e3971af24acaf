/* A promise is kept on the day from which the payments since make it up. */
select
    'promise' as object_type, p.loan_id || ' ' || cast(p.done_on as string) as key, 'D-32.promise' as rule,
    p.promised_on as trigger_date, cast(null as timestamp) as triggered_at, p.kept_on as done_on,
    cast(null as timestamp) as done_at, true as recorded, p.promised_amount as amount, p.currency
from promises p
