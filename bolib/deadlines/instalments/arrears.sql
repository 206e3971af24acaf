/* Every loan on the day: both counters, default and stage; the most urgent lawful step, and when its claim lapses. */
select
    s.loan_id, s.customer_id, s.overdue_since, s.days_past_due, s.amount_past_due, s.bucket, s.material_since,
    s.days_material, s.in_default, s.obligor_in_default, s.stage, w.step as next_step, w.from_date as next_step_from,
    m.due_date as limitation_on, w.by_date as next_step_by, s.default_since, s.default_until, b.backstop_on
from arrears_states s
left join recovery_work w on w.loan_id = s.loan_id and w.urgency = 1
left join limitations m on m.loan_id = s.loan_id and m.done_on is null
left join backstop b on b.loan_id = s.loan_id
where s.day = $as_of
