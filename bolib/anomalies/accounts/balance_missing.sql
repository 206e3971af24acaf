/*
id: ACC-08
title: Which accounts had a balance and have none of the day?
rule: C-13
severity: CRITICAL
key: account
amount: closing
currency: EUR
date: last_date
owner: account
needs: [trial_balance]
message: "{account} {account_label}: no balance of the day; {accounts} account(s) last closed on {last_date}, at {closing}, and the journal has moved {moved} net in {lines} line(s) since."
*/
-- where no account has one, the trial balance has not come, and that is one finding
select
    m.account, min(m.account_label) as account_label, count(*) as accounts, max(m.date) as last_date,
    cast(sum(m.closing) as decimal(18,2)) as closing, cast(sum(m.lines_since) as bigint) as lines,
    cast(sum(m.moved_since) as decimal(18,2)) as moved, min(m.source_file) as source_file, min(m.source_line) as source_line
from (
    select
        case when t.date < $as_of then 'Every account' else c.account end as account,
        case when t.date < $as_of then '' else c.account_label end as account_label, c.date, c.closing, c.lines_since,
        c.moved_since, c.source_file, c.source_line
    from closing_balances c
    join (select max(date) as date from balance_days) t on t.date >= c.date
    where c.missing
) m
group by m.account
