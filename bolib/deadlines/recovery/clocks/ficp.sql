/* The register of incidents: the borrower is told, then the incident declared if it is not made good; once everything
   is paid, or years have passed, it is taken out. */
select
    'loan' as object_type, c.loan_id as key, 'D-23' as rule, i.incident_on as trigger_date,
    cast(null as timestamp) as triggered_at, e.done_on, cast(null as timestamp) as done_at, true as recorded,
    c.amount_past_due as amount, c.currency
from ficp_incidents i
join recovery_cases c on c.loan_id = i.loan_id
left join episode_steps e on e.loan_id = c.loan_id and e.step = 'FICP_NOTICE'
union all
select
    'loan', c.loan_id, 'D-24.declare', n.done_on, cast(null as timestamp), e.done_on, cast(null as timestamp), true,
    c.amount_past_due, c.currency
from recovery_cases c
join episode_steps n on n.loan_id = c.loan_id and n.step = 'FICP_NOTICE'
left join episode_steps e on e.loan_id = c.loan_id and e.step = 'FICP_DECLARED'
where not c.stopped
union all
select
    'loan', s.loan_id, 'D-24.remove', s.cleared_on, cast(null as timestamp), r.removed_on, cast(null as timestamp),
    true, cast(null as decimal(18,2)), l.currency
from arrears_states s
join loans l on l.loan_id = s.loan_id
join ficp_records r on r.loan_id = s.loan_id and r.declared_on <= s.cleared_on
where s.day = $as_of and s.cleared_on is not null
union all
select
    'loan', r.loan_id, 'D-24.kept', r.declared_on, cast(null as timestamp), r.removed_on, cast(null as timestamp),
    true, l.outstanding, l.currency
from ficp_records r
join loans l on l.loan_id = r.loan_id
