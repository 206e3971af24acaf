/* Borrowers whom over-indebtedness protects from any step, with what they owe. */
select
    s.customer_id, s.admitted_on, s.plan_from, s.stopped_until, s.rule, s.arithmetic, l.loan_id, l.currency,
    l.outstanding, coalesce(a.amount_past_due, 0.00) as amount_past_due, coalesce(a.days_past_due, 0) as days_past_due,
    i.source_file, i.source_line
from collection_stops s
join (
    select customer_id, filed_on, min(source_file) as source_file, min(source_line) as source_line
    from insolvency_cases
    group by customer_id, filed_on
) i on i.customer_id = s.customer_id and i.filed_on = s.filed_on
join loans l on l.customer_id = s.customer_id
left join arrears_states a on a.loan_id = l.loan_id and a.day = $as_of
where l.granted_on <= $as_of
