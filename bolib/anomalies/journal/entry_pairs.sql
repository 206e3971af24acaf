/* view: how often two things meet in entries, and how often each is met at all: accounts debited with accounts
   credited, and persons with accounts. */
select p.kind, p.one, p.other, p.seen, a.met as one_met, b.met as other_met, t.met as all_met
from (
    select kind, one, other, count(*) as seen
    from (
        select 'ACCOUNTS' as kind, debit_account as one, credit_account as other from entries
        union all select 'PERSON' as kind, entered_by as one, debit_account as other from entries
        union all select 'PERSON' as kind, entered_by as one, credit_account as other from entries
    ) met
    where one is not null and other is not null
    group by kind, one, other
) p
join (
    select 'ACCOUNTS' as kind, debit_account as one, count(*) as met
    from entries
    where debit_account is not null and credit_account is not null
    group by debit_account
    union all
    select
        'PERSON' as kind, entered_by as one,
        cast(sum(case when debit_account is null then 0 else 1 end) + sum(case when credit_account is null then 0 else 1 end)
            as bigint) as met
    from entries
    where entered_by is not null
    group by entered_by
) a on a.kind = p.kind and a.one = p.one
join (
    select 'ACCOUNTS' as kind, credit_account as other, count(*) as met
    from entries
    where debit_account is not null and credit_account is not null
    group by credit_account
    union all
    select kind, other, count(*) as met
    from (
        select 'PERSON' as kind, debit_account as other from entries where entered_by is not null
        union all select 'PERSON' as kind, credit_account as other from entries where entered_by is not null
    ) accounts
    where other is not null
    group by kind, other
) b on b.kind = p.kind and b.other = p.other
join (
    select 'ACCOUNTS' as kind, count(*) as met
    from entries
    where debit_account is not null and credit_account is not null
    union all
    select
        'PERSON' as kind,
        cast(sum(case when debit_account is null then 0 else 1 end) + sum(case when credit_account is null then 0 else 1 end)
            as bigint) as met
    from entries
    where entered_by is not null
) t on t.kind = p.kind
