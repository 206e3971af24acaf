/* Each promise of a payment, and the day from which what came since makes it up. */
select
    p.loan_id, p.step, p.done_on, p.promised_on, p.promised_amount, p.currency, p.source_file, p.source_line,
    min(case when p.paid >= p.promised_amount then p.value_date end) as kept_on,
    cast(coalesce(max(case when p.value_date <= p.promised_on then p.paid end), 0.00) as decimal(18,2)) as paid_in_time
from (
    select
        s.loan_id, s.step, s.done_on, s.promised_on, s.promised_amount, l.currency, s.source_file, s.source_line,
        r.value_date,
        cast(
            sum(r.amount) over (partition by s.loan_id, s.step, s.done_on order by r.value_date) as decimal(18,2)
        ) as paid
    from collection_steps s
    join arrears_loans n on n.loan_id = s.loan_id
    join loans l on l.loan_id = s.loan_id
    left join arrears_receipts r
        on r.loan = n.loan and r.value_date >= s.done_on and (r.until_on is null or r.until_on > $as_of)
    where s.promised_on is not null and s.promised_amount is not null and s.done_on <= $as_of
) p
group by
    p.loan_id, p.step, p.done_on, p.promised_on, p.promised_amount, p.currency, p.source_file, p.source_line
