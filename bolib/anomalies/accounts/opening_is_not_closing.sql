/*
id: ACC-01
title: Which balances do not open as they closed, or at nil in a new year?
rule: C-13
severity: CRITICAL
key: account, date
amount: difference
currency: EUR
date: date
owner: account
needs: [trial_balance]
message: "{account} {account_label} opens {date} at {opening} instead of {due}, {because}: {difference} apart."
*/
select
    date, account, account_label, opening, due, opening - due as difference, source_file, source_line,
    case
        when cut and last_date is null then 'at which an account of the result begins a fiscal year'
        when due = last_closing then 'at which it had closed on ' || cast(last_date as string)
        else 'its last closing with the result of the year before'
    end as because
from account_balances
where opening <> due
