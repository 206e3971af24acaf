/* The claim lapses unless a court is seized in time. */
select
    'loan' as object_type, s.loan_id as key, s.rule, s.trigger_date, cast(null as timestamp) as triggered_at, s.done_on,
    cast(null as timestamp) as done_at, true as recorded, s.amount_past_due as amount, s.currency
from limitation_starts s
