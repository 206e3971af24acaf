/* view: balances of the accounts no trial balance has, from the journal alone: its opening balances are entries too. */
select account, entry_date as date, closing - debit + credit as opening, debit, credit, closing, span
from (
    select
        a.account, a.entry_date, a.debit, a.credit, s.span,
        cast(sum(a.debit - a.credit) over (partition by a.account, s.span order by a.entry_date) as decimal(18,2)) as closing
    from account_days a
    join account_spans s on s.account = a.account and s.date = a.entry_date
    left join (select distinct account from trial_balance) t on t.account = a.account
    where t.account is null
) running
union all
select
    l.account, cast($as_of as date) as date, l.closing as opening, cast(0 as decimal(18,2)) as debit,
    cast(0 as decimal(18,2)) as credit, l.closing, n.span
from (
    select
        a.account, cast(sum(case when s.past then 0 else a.debit - a.credit end) as decimal(18,2)) as closing
    from account_days a
    join account_spans s on s.account = a.account and s.date = a.entry_date
    left join (select distinct account from trial_balance) t on t.account = a.account
    where t.account is null
    group by a.account
    having max(a.entry_date) < $as_of
) l
join account_spans n on n.account = l.account and n.date = $as_of
