/* What the bank owes once a customer has died: blocking, the list for the tax office, and what becomes of money
   nobody claims. An heir who comes forward, or the end of the file, stops the last three. */
select
    'estate' as object_type, e.estate_id as key, r.rule,
    case r.since when 'NOTIFIED' then e.notified_on when 'PAID' then e.paid_on else e.died_on end as trigger_date,
    cast(null as timestamp) as triggered_at,
    case r.rule
        when 'G-01' then e.blocked_on
        when 'G-08' then e.listed_on
        when 'G-12' then coalesce(e.claimed_on, e.closed_on)
        when 'G-14.death.notice' then coalesce(e.told_on, e.closed_on, e.paid_on)
        else coalesce(e.closed_on, e.paid_on)
    end as done_on,
    cast(null as timestamp) as done_at, true as recorded, e.balance_at_death as amount, e.currency
from (
    select
        estate_id, died_on, notified_on, balance_at_death, currency,
        case when blocked_on <= $as_of then blocked_on end as blocked_on,
        case when tax_list_sent_on <= $as_of then tax_list_sent_on end as listed_on,
        case when assets_paid_on <= $as_of then assets_paid_on end as paid_on,
        case when last_claim_on <= $as_of then last_claim_on end as claimed_on,
        case when closed_on <= $as_of then closed_on end as closed_on,
        case when last_notice_on <= $as_of then last_notice_on end as told_on
    from estates
    where notified_on <= $as_of and (known_at is null or cast(known_at as date) <= $as_of)
) e
join (
    select 'G-01' as rule, 'NOTIFIED' as since
    union all select 'G-08', 'PAID'
    union all select 'G-12', 'DIED'
    union all select 'G-14.death', 'DIED'
    union all select 'G-14.death.notice', 'DIED'
) r on r.since <> 'PAID' or e.paid_on is not null
