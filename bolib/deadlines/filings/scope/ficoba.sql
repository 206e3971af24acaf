/* Accounts, on the day they are opened and on the day they are closed. */
select
    'FICOBA' as regime, a.account as object_id, a.opened_on as event_on, 'IN' as scope,
    cast(null as decimal(18,2)) as amount, cast(null as string) as currency, 'account opened' as told
from accounts a
where a.opened_on <= $as_of and (a.known_at is null or cast(a.known_at as date) <= $as_of)
union all
select 'FICOBA', a.account, a.closed_on, 'IN', null, null, 'account closed'
from accounts a
where a.closed_on <= $as_of and a.closed_on <> a.opened_on and (a.known_at is null or cast(a.known_at as date) <= $as_of)
