/* view: each instalment known by the evening of the day with the terms of its loan, the last days' to be judged. One due
   since an early repayment is not judged: its schedule is another. */
with dues as (
    select
        i.loan_id, i.instalment_no, i.due_date, i.principal, i.interest,
        lag(i.due_date) over (partition by i.loan_id order by i.instalment_no) as due_before,
        max(cast(i.principal + i.interest + i.fees as decimal(18,2))) over (partition by i.loan_id) as most
    from instalments i
    where i.due_date <= $as_of and (i.known_at is null or cast(i.known_at as date) <= $as_of)
)
select
    'instalments' as block, d.loan_id || ' ' || cast(d.instalment_no as string) as key, d.loan_id, l.product,
    d.instalment_no, d.due_date, now.day - t.day < $unusual_days and count(p.payment_id) = 0 as judged,
    l.principal as lent, l.rate,
    case l.periodicity
        when 'MONTHLY' then 1 when 'QUARTERLY' then 3 when 'HALF_YEARLY' then 6 when 'YEARLY' then 12
    end as months,
    d.principal, d.interest
from dues d
join loans l on l.loan_id = d.loan_id
join target_days t on t.date = d.due_date
join target_days now on now.date = $as_of
left join payments p on p.loan_id = d.loan_id and p.received_on > d.due_before and p.received_on <= d.due_date
    and p.amount >= d.most * 2
where l.periodicity in ('MONTHLY', 'QUARTERLY', 'HALF_YEARLY', 'YEARLY')
group by
    d.loan_id, d.instalment_no, d.due_date, d.principal, d.interest, l.product, l.principal, l.rate, l.periodicity,
    now.day, t.day
