/* view: how often two things meet in entries, and how often each is met at all: accounts debited with accounts
   credited, and persons with accounts. */
select
    kind, one, other, seen, cast(sum(seen) over (partition by kind, one) as bigint) as one_met,
    cast(sum(seen) over (partition by kind, other) as bigint) as other_met,
    cast(sum(seen) over (partition by kind) as bigint) as all_met
from (
    select kind, one, other, count(*) as seen
    from (
        select 'ACCOUNTS' as kind, debit_account as one, credit_account as other from entries
        union all select 'PERSON' as kind, entered_by as one, debit_account as other from entries
        union all select 'PERSON' as kind, entered_by as one, credit_account as other from entries
    ) met
    where one is not null and other is not null
    group by kind, one, other
) pairs
