/* view: what each account had lent (+) or borrowed (-) over a record date: the borrower owes what the issuer paid him. */
select
    e.ca_id, l.account,
    cast(sum(case l.direction when 'LENT' then l.quantity else -l.quantity end) as decimal(18,6)) as quantity
from known_events e
join securities_loans l on l.isin = e.isin and l.from_date <= e.record_date
    and (l.to_date is null or l.to_date > e.record_date)
where l.known_at is null or cast(l.known_at as date) <= $as_of
group by e.ca_id, l.account
