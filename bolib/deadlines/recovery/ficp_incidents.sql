/* Loans of private persons with a characterised incident, and since when: a monthly loan whose unpaid sums reach its
   last instalments; another with an instalment unpaid for too many days; one terminated. */
select c.loan_id, min(i.incident_on) as incident_on
from recovery_cases c
join (
    select u.loan_id, min(u.due_on) as incident_on
    from (
        select
            u.loan_id, u.due_on, u.last_instalments,
            cast(sum(u.unpaid) over (partition by u.loan_id order by u.due_on, u.instalment_no) as decimal(18,2)) as owed
        from unpaid_instalments u
    ) u
    join loans l on l.loan_id = u.loan_id
    where l.periodicity = 'MONTHLY' and u.owed >= u.last_instalments
    group by u.loan_id
    union all
    select u.loan_id, min(f.date)
    from unpaid_instalments u
    join loans l on l.loan_id = u.loan_id
    cross join ficp_terms t
    join ledger_days due on due.date = u.due_on
    join ledger_days f on f.day = due.day + t.days
    where l.periodicity <> 'MONTHLY' and u.days > t.days
    group by u.loan_id
    union all
    select loan_id, terminated_on from arrears_loans where terminated_on is not null
) i on i.loan_id = c.loan_id
where c.kind = 'RETAIL' and not c.stopped
group by c.loan_id
