/* The steps taken in the present arrears of each loan: the first day of each; the end of the contract is one. */
select loan_id, step, min(done_on) as done_on
from (
    select c.loan_id, s.step, s.done_on
    from recovery_cases c
    join collection_steps s on s.loan_id = c.loan_id
    where s.done_on > c.arrears_since and s.done_on <= $as_of
    union all
    select c.loan_id, 'TERMINATION', c.terminated_on
    from recovery_cases c
    where c.terminated_on is not null
) taken
group by loan_id, step
