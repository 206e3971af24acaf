/* The work list of recovery: each loan in arrears with each step that may come next, the most urgent first. */
select
    c.loan_id, c.customer_id, c.kind, c.product, c.consumer, c.vulnerable, c.overdue_since, c.days_past_due,
    c.amount_past_due, c.currency, c.outstanding, c.in_default, c.stage, c.stopped, c.stopped_until,
    s.step, s.rule, s.trigger_date, s.after_step, s.after_done_on, s.from_date, s.by_date, s.arithmetic,
    row_number() over (partition by c.loan_id order by s.by_date, s.step) as urgency,
    coalesce(mine.owner, usual.owner) as owner, c.source_file, c.source_line
from recovery_cases c
left join lawful_steps s on s.loan_id = c.loan_id
left join owners mine on mine.object_type = 'loan' and mine.match = c.loan_id
left join owners usual on usual.object_type = 'loan' and usual.match = '*'
