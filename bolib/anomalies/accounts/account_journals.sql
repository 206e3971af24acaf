/* view: which journals moved each account from its first balance to its last. */
select
    j.account, j.journal_code, count(*) as lines, cast(sum(j.debit) as decimal(18,2)) as debit,
    cast(sum(j.credit) as decimal(18,2)) as credit
from journal j
join (select account, min(date) as first_date, max(date) as last_date from account_balances group by account) f
    on f.account = j.account and j.entry_date between f.first_date and f.last_date
where j.entered_at is null or cast(j.entered_at as date) <= $as_of
group by j.account, j.journal_code
