/* The aged balance (balance âgée) on each evening: what is past due by band, and how many loans and borrowers owe it. */
select
    s.day, s.evening, s.bucket, s.rank, l.currency, cast(count(*) as bigint) as loans,
    cast(count(distinct s.customer_id) as bigint) as customers,
    cast(sum(s.amount_past_due) as decimal(18,2)) as amount_past_due,
    cast(sum(case when s.in_default then s.amount_past_due else 0.00 end) as decimal(18,2)) as in_default
from arrears_states s
join loans l on l.loan_id = s.loan_id
where s.overdue_since is not null
group by s.day, s.evening, s.bucket, s.rank, l.currency
