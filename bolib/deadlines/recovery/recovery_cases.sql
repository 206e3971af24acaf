/* Each loan in arrears on the day, with what decides which step comes next. `counted_from` is the day from which its
   days past due count, those of a pause left out; `stopped` says that over-indebtedness forbids any step. */
select
    s.loan_id, s.customer_id, s.kind, l.product, l.consumer, l.periodicity, l.outstanding, l.currency,
    s.overdue_since, s.days_past_due, s.amount_past_due, s.arrears_since, s.in_default, s.stage,
    m.terminated_on, m.forborne_on, f.date as counted_from, o.admitted_on, o.stopped_until,
    o.customer_id is not null as stopped, coalesce(c.vulnerable, false) as vulnerable, l.source_file, l.source_line
from arrears_states s
join loans l on l.loan_id = s.loan_id
join arrears_loans m on m.loan_id = s.loan_id
join ledger_days now on now.date = s.day
join ledger_days f on f.day = now.day - s.days_past_due
left join customers c on c.customer_id = s.customer_id
left join collection_stops o on o.customer_id = s.customer_id
where s.day = $as_of and s.amount_past_due > 0
