/* What each loan owes, and when. The end of a contract (déchéance du terme) makes what is left of the principal due at
   once, without interest to come. Of two versions of an instalment, each counts on the evenings it was the last known.
   What falls due later matters only where a payment names it. */
with corrected as (select distinct loan_id, instalment_no from instalments where known_at is not null)
select
    l.obligor, l.loan, cast(i.instalment_no as decimal(9,0)) as instalment_no,
    least(i.due_date, coalesce(l.terminated_on, i.due_date)) as due_on,
    cast(
        i.principal + case when i.due_date > l.terminated_on then 0.00 else i.interest + i.fees end as decimal(18,2)
    ) as amount,
    cast(coalesce(i.rate, l.rate) as decimal(9,4)) as onerous, i.known_on, i.until_on
from (
    select
        u.loan_id, u.instalment_no, u.due_date, u.principal, u.interest, u.fees, u.rate,
        cast(null as date) as known_on, cast(null as date) as until_on
    from instalments u
    left join corrected k on k.loan_id = u.loan_id and k.instalment_no = u.instalment_no
    where k.loan_id is null
    union all
    select
        v.loan_id, v.instalment_no, v.due_date, v.principal, v.interest, v.fees, v.rate, cast(v.known_at as date),
        lead(cast(v.known_at as date)) over (partition by v.loan_id, v.instalment_no order by v.known_at)
    from instalments v
    join corrected k on k.loan_id = v.loan_id and k.instalment_no = v.instalment_no
) i
join arrears_loans l on l.loan_id = i.loan_id
cross join instalment_horizon h
left join (select distinct loan_id, designated_to from payments where designated_to is not null) d
    on d.loan_id = i.loan_id and d.designated_to = i.instalment_no
where i.due_date <= h.last_day or l.terminated_on is not null or d.designated_to is not null
