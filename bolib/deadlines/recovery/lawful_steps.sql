/* What may be done next for each loan in arrears: the rung of the ladder, and the letter or declaration of an incident. */
select
    n.loan_id, n.step, n.rule, n.trigger_date, n.after_step, n.after_done_on, n.from_date, n.by_date, n.arithmetic
from next_rungs n
union all
select
    d.key, case d.rule when 'D-23' then 'FICP_NOTICE' when 'D-24.declare' then 'FICP_DECLARED' else 'INFORMATION' end,
    d.rule, d.trigger_date, case d.rule when 'D-24.declare' then 'FICP_NOTICE' end,
    case d.rule when 'D-24.declare' then d.trigger_date end, coalesce(f.free_on, d.trigger_date), d.due_date, d.arithmetic
from deadlines d
join recovery_cases c on c.loan_id = d.key
left join notice_ends f on f.step = 'FICP_NOTICE' and f.done_on = d.trigger_date and d.rule = 'D-24.declare'
where d.object_type = 'loan' and d.rule in ('D-12', 'D-23', 'D-24.declare') and d.done_on is null
