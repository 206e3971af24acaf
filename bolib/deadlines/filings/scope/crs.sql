/* Customers resident elsewhere, and persons of the United States, with an account during a year that has ended. */
select
    'CRS' as regime, c.customer_id as object_id, y.year_end as event_on,
    case when c.tax_residence is null then 'UNKNOWN' else 'IN' end as scope,
    cast(null as decimal(18,2)) as amount, cast(null as string) as currency,
    'tax residence ' || coalesce(c.tax_residence, 'not known') as told
from account_years y
join customers c on c.customer_id = y.customer_id
left join not_reported n on n.country = c.tax_residence
where n.country is null and (c.known_at is null or cast(c.known_at as date) <= $as_of)
union all
select
    'FATCA', c.customer_id, y.year_end, case when c.us_person then 'IN' else 'UNKNOWN' end, null, null,
    case when c.us_person then 'person of the United States' else 'status not known' end
from account_years y
join customers c on c.customer_id = y.customer_id
where (c.us_person or c.us_person is null) and (c.known_at is null or cast(c.known_at as date) <= $as_of)
