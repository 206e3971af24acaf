/*
id: JRN-18
title: Which balances stand on the wrong side?
rule: C2.side.natural
severity: MAJOR
key: account
amount: closing
currency: EUR
date: date
owner: account
needs: [journal]
message: "{account} {account_label} ends {date} at {closing} (debit positive), where the chart wants a {side} balance."
*/
select account, date, account_label, lower(side) as side, kind, closing, source_file, source_line
from closing_balances
where (side = 'DEBIT' and closing < 0) or (side = 'CREDIT' and closing > 0)
