/* The days from which the rungs of the ladder count for each loan: that of its days past due, and of earlier steps. */
select loan_id, 'ARREARS' as anchor, counted_from as date from recovery_cases
union all
select loan_id, step as anchor, done_on as date from episode_steps
