/* view: the balances of the last weeks as they stand tonight, for tomorrow's run to prove again. */
select
    b.date, b.account, b.account_label, b.kind, b.opening, b.debit, b.credit, b.closing, b.journal_debit, b.journal_credit,
    b.proven
from account_balances b
join target_days own on own.date = b.date
join target_days now on now.date = $as_of
where now.day - own.day <= $reproven_days
