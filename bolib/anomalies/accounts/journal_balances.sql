/* view: balances of the accounts no trial balance has, from the journal alone: its opening balances are entries too. */
select account, entry_date as date, closing - debit + credit as opening, debit, credit, closing
from (
    select
        a.account, a.entry_date, a.debit, a.credit,
        cast(sum(a.debit - a.credit) over (partition by a.account order by a.entry_date) as decimal(18,2)) as closing
    from account_days a
    left join (select distinct account from trial_balance) t on t.account = a.account
    where t.account is null
) running
union all
select
    a.account, cast($as_of as date) as date, cast(sum(a.debit - a.credit) as decimal(18,2)) as opening,
    cast(0 as decimal(18,2)) as debit, cast(0 as decimal(18,2)) as credit,
    cast(sum(a.debit - a.credit) as decimal(18,2)) as closing
from account_days a
left join (select distinct account from trial_balance) t on t.account = a.account
where t.account is null
group by a.account
having max(a.entry_date) < $as_of
