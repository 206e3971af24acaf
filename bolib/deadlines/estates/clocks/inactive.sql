/* An account becomes inactive some time after the last sign of its holder, on it or on any other account of his; its
   holder is told a last time since then, and its sums go to the Caisse des Dépôts. Only accounts that come near are taken
   (`quiet_since`); those of a deceased holder follow the clocks of the estate. A PEL waits longer where it is all its
   holder has (`sole`). Quiet years before the law count as far as it looks back (`since`). */
select
    'quiet_account' as object_type, a.account as key, r.rule, greatest(h.last_sign_on, r.since) as trigger_date,
    cast(null as timestamp) as triggered_at,
    case when r.notice and a.last_notice_on >= h.last_sign_on and a.last_notice_on <= $as_of then a.last_notice_on end
        as done_on,
    cast(null as timestamp) as done_at, true as recorded, cast(null as decimal(18,2)) as amount,
    cast(null as string) as currency
from accounts a
join holders h on h.customer_id = a.customer_id
join inactivity_rules r on r.kind = a.kind and h.last_sign_on <= r.quiet_since
    and (r.sole is null or r.sole = (h.open_accounts = 1))
left join estates e on e.customer_id = a.customer_id and e.notified_on <= $as_of
where (a.closed_on is null or a.closed_on > $as_of) and a.opened_on <= $as_of and e.estate_id is null
    and (a.known_at is null or cast(a.known_at as date) <= $as_of)
