/* An account without operation becomes inactive after a time that depends on its kind, and its sums go to the Caisse
   des Dépôts later. Only accounts that come near are taken (`quiet_since`); those of a deceased holder follow the
   clocks of the estate. */
select
    'account' as object_type, a.account as key, r.rule, coalesce(a.last_operation_on, a.opened_on) as trigger_date,
    cast(null as timestamp) as triggered_at, cast(null as date) as done_on, cast(null as timestamp) as done_at,
    true as recorded, cast(null as decimal(18,2)) as amount, cast(null as string) as currency
from accounts a
join inactivity_rules r on r.kind = a.kind and coalesce(a.last_operation_on, a.opened_on) <= r.quiet_since
left join estates e on e.customer_id = a.customer_id and e.notified_on <= $as_of
where (a.closed_on is null or a.closed_on > $as_of) and a.opened_on <= $as_of and e.estate_id is null
    and (a.known_at is null or cast(a.known_at as date) <= $as_of)
