/*
id: JRN-17
title: Which accounts does the chart not have?
rule: C2.account.chart
severity: MAJOR
key: account
date: first_day
owner: journal
needs: [journal]
message: "{account} {account_label}: {lines} line(s) since {first_day}, and no root of the chart begins so."
*/
select account, account_label, lines, first_day, last_day
from accounts_used
where root is null
