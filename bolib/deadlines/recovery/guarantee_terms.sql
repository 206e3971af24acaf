/* Guarantees that end before the last instalment of their loan, or stand behind a loan in arrears. */
select
    g.guarantee_id, g.loan_id, l.customer_id, g.kind, g.amount, g.currency, g.expires_on, l.outstanding,
    e.last_due, c.amount_past_due, g.source_file, g.source_line
from guarantees g
join loans l on l.loan_id = g.loan_id
left join (select loan_id, max(due_date) as last_due from instalments group by loan_id) e on e.loan_id = g.loan_id
left join recovery_cases c on c.loan_id = g.loan_id
where g.expires_on is not null and l.outstanding > 0 and l.granted_on <= $as_of
and (g.expires_on < e.last_due or c.loan_id is not null)
