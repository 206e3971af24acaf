/*
id: ACC-01
title: Which balances do not open as they closed?
rule: C-13
severity: CRITICAL
key: account, date
amount: difference
date: date
owner: account
needs: [trial_balance]
message: "{account} {account_label} opens {date} at {opening}; it had closed {last_date} at {last_closing}: {difference} apart."
*/
select
    date, account, account_label, opening, last_date, last_closing, opening - last_closing as difference, source_file, source_line
from account_balances
where opening <> last_closing
