/* The limitation of each loan in arrears, as it counts down: months left by the last alert passed. */
select
    d.key as loan_id, s.customer_id, d.rule, d.trigger_date, d.due_date, d.arithmetic, d.days_left, d.status, d.done_on,
    d.amount, d.currency, d.owner, min(case when a.from_date <= $as_of then a.months end) as months_alert
from deadlines d
join limitation_starts s on s.loan_id = d.key and s.trigger_date = d.trigger_date
left join limitation_alerts a on a.rule = s.rule and a.trigger_date = d.trigger_date
where d.object_type = 'loan' and d.rule in ('D-19', 'D-20', 'D-21')
group by
    d.key, s.customer_id, d.rule, d.trigger_date, d.due_date, d.arithmetic, d.days_left, d.status, d.done_on, d.amount,
    d.currency, d.owner
