/*
id: ACC-03
title: Which accounts move and stand in no balance?
rule: C-13
severity: CRITICAL
key: account
amount: moved
currency: EUR
date: last_day
owner: account
needs: [trial_balance, journal]
message: "{account} {account_label}: {lines} line(s) to {last_day}, {moved} net, and no row of the trial balance."
*/
select
    a.account, a.account_label, cast(sum(a.lines) as bigint) as lines, max(a.entry_date) as last_day,
    cast(sum(a.debit - a.credit) as decimal(18,2)) as moved
from account_days a
left join (select distinct account from trial_balance) t on t.account = a.account
join (select min(date) as began from trial_balance) f on a.entry_date >= f.began
where t.account is null
group by a.account, a.account_label
