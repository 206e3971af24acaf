/* view: each suspense account: what it held before and the journal no longer shows, its open items, debits and credits
   apart, and what the ledger last said: `gap` is left over, and is nil. */
select
    b.account, b.account_label, b.date, b.closing, f.opening, coalesce(i.items, 0) as items,
    coalesce(i.debits, cast(0 as decimal(18,2))) as debits, coalesce(i.credits, cast(0 as decimal(18,2))) as credits,
    i.oldest, b.closing - f.opening - coalesce(i.debits, cast(0 as decimal(18,2)))
        + coalesce(i.credits, cast(0 as decimal(18,2))) as gap, b.source_file, b.source_line
from closing_balances b
join (
    select d.account, d.opening - coalesce(cast(sum(l.amount) as decimal(18,2)), cast(0 as decimal(18,2))) as opening
    from (
        select
            account, date, opening, row_number() over (partition by account order by date) as place
        from account_balances
    ) d
    left join suspense_lines l on l.account = d.account and l.entry_date < d.date
    where d.place = 1
    group by d.account, d.opening
) f on f.account = b.account
left join (
    select
        account, count(*) as items, cast(sum(case when amount > 0 then amount else 0 end) as decimal(18,2)) as debits,
        cast(sum(case when amount < 0 then -amount else 0 end) as decimal(18,2)) as credits, max(age_days) as oldest
    from suspense_open
    group by account
) i on i.account = b.account
where b.kind = 'SUSPENSE'
