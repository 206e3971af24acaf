/* The evenings counted of each loan that was past due on one of them: its band, and what it owed. */
select
    s.loan_id, s.customer_id, l.currency, s.day, s.bucket, s.rank, s.days_past_due, s.amount_past_due, s.in_default
from arrears_states s
join loans l on l.loan_id = s.loan_id
join (select distinct loan_id from arrears_states where overdue_since is not null) late on late.loan_id = s.loan_id
