/*
id: ACC-06
title: Which internal transfers are not at nil?
rule: C-13
severity: MAJOR
key: account
amount: closing
currency: EUR
date: date
owner: account
needs: [journal]
message: "{account} {account_label} ends {date} at {closing}: what left one account has not reached the other."
*/
select account, date, account_label, closing, source_file, source_line
from closing_balances
where kind = 'TRANSFER' and closing <> 0
