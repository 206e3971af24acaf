/* view: complaints by kind and what they are about, the most frequent first, which numbers them; how many are still
   open and how many were upheld. */
select
    row_number() over (order by complaints desc, kind, subject) as cause, kind, subject, complaints, unanswered, upheld,
    first_received, last_received
from (
    select
        kind, subject, cast(count(*) as bigint) as complaints,
        cast(sum(case when answered_on is null or answered_on > $as_of then 1 else 0 end) as bigint) as unanswered,
        cast(sum(case when lower(outcome) = 'upheld' then 1 else 0 end) as bigint) as upheld,
        min(received_on) as first_received, max(received_on) as last_received
    from complaints
    where received_on <= $as_of and (known_at is null or cast(known_at as date) <= $as_of)
    group by kind, subject
) counted
