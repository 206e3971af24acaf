/* view: the funnel: how many operations stand in each state, worth how much in each currency, how many of them wait for
   another step, and how many are past its due date. */
select
    state, coalesce(currency, '') as currency, cast(count(*) as bigint) as operations,
    cast(sum(amount) as decimal(18,2)) as amount,
    cast(sum(case when next_step is not null then 1 else 0 end) as bigint) as waiting,
    cast(sum(case when next_due < $as_of then 1 else 0 end) as bigint) as overdue,
    cast(sum(case when next_due = $as_of then 1 else 0 end) as bigint) as due_today, min(next_due) as next_due,
    cast(sum(case when skipped is not null then 1 else 0 end) as bigint) as skipped
from operation_states
group by state, coalesce(currency, '')
