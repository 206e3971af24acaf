/* How loans moved between the bands from one evening to the next. */
select
    a.day as from_date, b.day as to_date, a.bucket as from_bucket, a.rank as from_rank, b.bucket as to_bucket,
    b.rank as to_rank, cast(count(*) as bigint) as loans,
    cast(sum(a.amount_past_due) as decimal(18,2)) as past_due_before,
    cast(sum(b.amount_past_due) as decimal(18,2)) as past_due_after
from arrears_states a
join arrears_states b on b.loan_id = a.loan_id and b.evening = a.evening + 1
group by a.day, b.day, a.bucket, a.rank, b.bucket, b.rank
