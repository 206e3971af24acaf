/* What was paid on each loan: it counts from its value date, on the evenings the bank had it, until it was returned or
   another version of it was known. */
with corrected as (select distinct payment_id from payments where known_at is not null)
select
    l.obligor, l.loan, p.value_date, p.amount, p.known_on,
    least(coalesce(p.reversed_on, p.until_on), coalesce(p.until_on, p.reversed_on)) as until_on,
    cast(p.designated_to as decimal(9,0)) as designated_to
from (
    select
        u.loan_id, u.value_date, u.amount, u.received_on as known_on, u.reversed_on, u.designated_to,
        cast(null as date) as until_on
    from payments u
    left join corrected k on k.payment_id = u.payment_id
    where k.payment_id is null
    union all
    select
        v.loan_id, v.value_date, v.amount,
        greatest(v.received_on, coalesce(cast(v.known_at as date), v.received_on)), v.reversed_on, v.designated_to,
        lead(cast(v.known_at as date)) over (partition by v.payment_id order by v.known_at)
    from payments v
    join corrected k on k.payment_id = v.payment_id
) p
join arrears_loans l on l.loan_id = p.loan_id
where p.value_date <= $as_of and p.known_on <= $as_of
