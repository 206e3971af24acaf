/* The loans of each borrower, numbered so that a kernel works on whole numbers; nine digits take half the memory. A
   borrower of unknown kind is judged as a private person: the lower threshold. `per_euro` is empty for the euro. */
select
    l.loan_id, l.customer_id, coalesce(c.kind, 'RETAIL') as kind, l.granted_on, l.outstanding, l.rate, e.per_euro,
    case when l.terminated_on <= $as_of then l.terminated_on end as terminated_on,
    case when l.forborne_on <= $as_of then l.forborne_on end as forborne_on,
    cast(dense_rank() over (order by l.customer_id) as decimal(9,0)) as obligor,
    cast(row_number() over (order by l.customer_id, l.loan_id) as decimal(9,0)) as loan
from loans l
left join customers c on c.customer_id = l.customer_id
left join euro_rates e on e.currency = l.currency
where l.granted_on <= $as_of
