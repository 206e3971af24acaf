/* view: what may part a custodian's record from ours for a time, + where theirs is more: securities lent and borrowed,
   and events between their ex-date and the day the market pays them. */
select
    e.account, e.evening, l.isin, l.loan_ref as reference, l.direction as kind,
    case l.direction when 'LENT' then -l.quantity else l.quantity end as quantity
from depot_evenings e
join securities_loans l on l.account = e.account and l.from_date <= e.evening
    and (l.to_date is null or l.to_date > e.evening)
where l.known_at is null or cast(l.known_at as date) <= $as_of
union all
select o.account, o.evening, o.isin, min(v.ca_id) as reference, 'EVENT' as kind, o.in_progress as quantity
from depot_own o
join known_events v on v.isin = o.isin and v.ex_date <= o.evening and v.pay_date > o.evening
where o.in_progress <> 0
group by o.account, o.evening, o.isin, o.in_progress
