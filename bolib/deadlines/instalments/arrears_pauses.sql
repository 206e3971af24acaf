/* Days on which no day past due counts, both ends included. */
select l.obligor, l.loan, p.from_date, p.to_date, cast(p.known_at as date) as known_on
from pauses p
join arrears_loans l on l.loan_id = p.loan_id
where p.from_date <= $as_of and p.to_date >= p.from_date
