/* view: the justification of each account by its last balance: what it opened the period with (an account of the result
   its fiscal year), what moved it, what it closes at, the open items and sub-ledger that justify it, and what nothing
   does. */
select
    b.account, b.account_label, b.kind, f.first_date, f.opening, f.debit, f.credit, b.date, b.closing, f.days, f.unproven,
    b.missing, b.lines_since, b.moved_since,
    f.opening + f.debit - f.credit - b.closing as gap,
    case when p.account is not null then p.items end as items,
    case when p.account is not null then p.debits - p.credits end as justified,
    case when p.account is not null then p.opening end as from_before, s.differences, s.apart
from closing_balances b
join (
    select
        account, span, min(date) as first_date, cast(sum(case when place = 1 then opening else 0 end) as decimal(18,2)) as opening,
        cast(sum(journal_debit) as decimal(18,2)) as debit, cast(sum(journal_credit) as decimal(18,2)) as credit,
        count(*) as days, cast(sum(case when proven then 0 else 1 end) as bigint) as unproven
    from (
        select a.*, row_number() over (partition by a.account, a.span order by a.date) as place from account_balances a
    ) numbered
    group by account, span
) f on f.account = b.account and f.span = b.span
left join suspense_proof p on p.account = b.account
left join (
    select
        ledger, count(case when ledger_amount <> sub_amount or ledger_date <> sub_date then 1 end) as differences,
        cast(sum(ledger_amount - sub_amount) as decimal(18,2)) as apart
    from subledger_items
    group by ledger
) s on s.ledger = b.account
