/*
id: JRN-13
title: Which accounts are new, or wake after a long silence?
rule: C2.account.seldom
severity: MINOR
key: account, entry_date
amount: moved
currency: EUR
date: entry_date
owner: journal
thresholds: {recent_days: 5, silent_days: 250, history_days: 60}
needs: [journal]
message: "{account} {account_label}: {lines} line(s) on {entry_date}, {moved} moved; before, {before}."
*/
select
    u.account, u.account_label, u.entry_date, u.lines, u.debit + u.credit as moved, u.last_day,
    case when u.last_day is null then 'never' else 'last on ' || cast(u.last_day as string) end as before
from (
    select
        a.*, lag(a.entry_date) over (partition by a.account order by a.entry_date) as last_day,
        min(a.entry_date) over () as began
    from account_days a
) u
join target_days now on now.date = $as_of
join target_days own on own.date = u.entry_date
left join target_days last on last.date = u.last_day
left join target_days first on first.date = u.began
where now.day - own.day < $recent_days
    and case -- a day before the calendar begins is years away
        when u.last_day is null then coalesce(own.day - first.day >= $history_days, true)
        else coalesce(own.day - last.day > $silent_days, true)
    end
