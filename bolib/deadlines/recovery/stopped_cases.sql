/* Borrowers whom over-indebtedness protects from any step, with what they owe. */
select
    s.customer_id, s.admitted_on, s.plan_from, s.stopped_until, l.loan_id, l.currency, l.outstanding,
    coalesce(a.amount_past_due, 0.00) as amount_past_due, coalesce(a.days_past_due, 0) as days_past_due
from collection_stops s
join loans l on l.customer_id = s.customer_id
left join arrears_states a on a.loan_id = l.loan_id and a.day = $as_of
where l.granted_on <= $as_of
