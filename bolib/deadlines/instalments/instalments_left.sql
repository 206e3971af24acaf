/* What is left of each instalment due by now or soon; a part payment has paid its fees and interest first.
   `last_instalments` is the sum of as many instalments, this one the last, as make a characterised incident. */
with known as (
    select m.loan_id, m.customer_id, o.due_on, o.unpaid, o.instalment_no, i.principal, i.interest, i.fees, i.due_date,
        i.source_file, i.source_line,
        row_number() over (partition by m.loan_id order by o.due_on, o.instalment_no) as place
    from allocated o
    join arrears_loans m on m.loan = o.loan
    join (
        select v.*, row_number() over (partition by v.loan_id, v.instalment_no order by v.known_at desc) as newest
        from instalments v
        join followed_numbers f on f.loan_id = v.loan_id
        where v.known_at is null or cast(v.known_at as date) <= $as_of
    ) i on i.loan_id = m.loan_id and i.instalment_no = o.instalment_no and i.newest = 1
)
select
    a.loan_id, a.customer_id, a.instalment_no, a.due_on, a.unpaid, least(a.unpaid, a.principal) as unpaid_principal,
    least(cast(a.unpaid - least(a.unpaid, a.principal) as decimal(18,2)), a.interest) as unpaid_interest,
    greatest(cast(a.unpaid - a.principal - a.interest as decimal(18,2)), 0.00) as unpaid_fees,
    cast(sum(b.principal + b.interest + b.fees) as decimal(18,2)) as last_instalments, n.currency,
    a.due_date > a.due_on as accelerated, a.source_file, a.source_line
from known a
cross join ficp_terms t
join known b on b.loan_id = a.loan_id and b.place <= a.place and b.place > a.place - t.instalments
join loans n on n.loan_id = a.loan_id
where a.unpaid > 0
group by
    a.loan_id, a.customer_id, a.instalment_no, a.due_on, a.unpaid, a.principal, a.interest, n.currency, a.due_date,
    a.source_file, a.source_line
