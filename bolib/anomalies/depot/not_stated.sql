/*
id: DEPOT-04
title: Which accounts has no custodian stated this evening?
rule: C-13
severity: MAJOR
key: account
date: due
owner: account
needs: [custody_positions, account_books]
thresholds: {tolerated_days: 0}
message: "{account}: last stated {last}; its holdings of {due} cannot be compared."
*/
select a.account, s.evening as last_evening, coalesce(cast(s.evening as string), 'never') as last, now.date as due
from (
    select account from account_books
    union
    select custody_account as account from client_positions where date <= $as_of
) a
join target_days now on now.date = $as_of
left join (
    select account, max(date) as evening
    from custody_positions
    where date <= $as_of and (known_at is null or cast(known_at as date) <= $as_of)
    group by account
) s on s.account = a.account
left join target_days day on day.date = s.evening
where s.evening is null or now.day - day.day > $tolerated_days
