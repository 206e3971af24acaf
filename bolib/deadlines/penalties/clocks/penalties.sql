/* The penalties of a month are reported and paid in the next one, and differences appealed against before. What is past
   is no task any more: a difference that went without an appeal is a finding. */
select
    'penalty_month' as object_type,
    n.month || ' ' || coalesce(n.counterparty, '-') || ' ' || coalesce(n.currency, '-') as key,
    r.rule, n.first_day as trigger_date, cast(null as timestamp) as triggered_at, cast(null as date) as done_on,
    cast(null as timestamp) as done_at, true as recorded,
    case when r.rule = 'A-34.appeal' then n.disputed else abs(coalesce(n.reported_net, n.net)) end as amount, n.currency
from penalties_net n
join (
    select 'A-34.appeal' as rule
    union all select 'A-34.report'
    union all select 'A-34.payment'
) r on (r.rule = 'A-34.appeal' and n.appeal_until >= $as_of and n.disputed > 0)
    or (r.rule = 'A-34.report' and n.report_on >= $as_of)
    or (r.rule = 'A-34.payment' and n.payment_on >= $as_of)
