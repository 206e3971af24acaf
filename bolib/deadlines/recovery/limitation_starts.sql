/* What starts the limitation of each loan in arrears: the oldest instalment not wholly paid, of those since the last
   rescheduling where there was one. An older debt than the law itself lapses as if it were born with it. */
select
    s.loan_id, s.customer_id, s.rule, greatest(s.oldest, w.since) as trigger_date, s.amount_past_due, s.currency, a.done_on
from (
    select
        c.loan_id, c.customer_id, c.amount_past_due, c.currency,
        case when c.kind <> 'RETAIL' then 'D-21' when c.consumer then 'D-19' else 'D-20' end as rule,
        coalesce(
            min(case when u.due_on > coalesce(c.forborne_on, p.plan_from, date '1900-01-01')
                and u.due_on > coalesce(p.plan_from, c.forborne_on, date '1900-01-01') then u.due_on end),
            min(u.due_on)
        ) as oldest
    from recovery_cases c
    join unpaid_instalments u on u.loan_id = c.loan_id
    left join collection_stops p on p.customer_id = c.customer_id and p.plan_from <= $as_of
    group by c.loan_id, c.customer_id, c.amount_past_due, c.currency, c.kind, c.consumer
) s
join limitation_laws w on w.rule = s.rule
left join episode_steps a on a.loan_id = s.loan_id and a.step = 'LEGAL_ACTION'
