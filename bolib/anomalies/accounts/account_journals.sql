/* view: which journals moved each account in the period of its sheet. */
select
    j.account, j.journal_code, count(*) as lines, cast(sum(j.debit) as decimal(18,2)) as debit,
    cast(sum(j.credit) as decimal(18,2)) as credit
from journal j
join account_spans s on s.account = j.account and s.date = j.entry_date
join closing_balances c on c.account = j.account and c.span = s.span
join (
    select
        account, span, min(date) as first_date, max(date) as last_date, max(case when cut then 1 else 0 end) as cut,
        max(case when ends then 1 else 0 end) as ends
    from account_balances group by account, span
) f on f.account = j.account and f.span = s.span and (j.entry_date >= f.first_date or f.cut = 1)
    and (j.entry_date <= f.last_date or f.ends = 1)
where j.entered_at is null or cast(j.entered_at as date) <= $as_of
group by j.account, j.journal_code
