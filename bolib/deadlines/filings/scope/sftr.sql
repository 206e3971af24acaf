/* Loans of securities, on the day they start. */
select
    'SFTR' as regime, l.loan_ref as object_id, l.from_date as event_on, 'IN' as scope,
    cast(null as decimal(18,2)) as amount, cast(null as string) as currency,
    lower(l.direction) || ' ' || l.isin || ' from ' || cast(l.from_date as string) as told
from securities_loans l
where l.from_date <= $as_of and (l.known_at is null or cast(l.known_at as date) <= $as_of)
