/* view: customers with an open account whose tax documents are missing, have ended or will end. A self-certification is
   asked for accounts opened since the rule asks for one. */
with holders as (
    select customer_id, cast(count(*) as bigint) as accounts, max(opened_on) as last_opened_on
    from accounts
    where opened_on <= $as_of and (closed_on is null or closed_on > $as_of)
        and (known_at is null or cast(known_at as date) <= $as_of)
    group by customer_id
)
select
    c.customer_id, 'Self-certification' as document, 'MISSING' as state, cast(null as date) as valid_to,
    cast(null as bigint) as days_left, h.accounts, h.last_opened_on, c.tax_residence, c.us_person, c.source_file,
    c.source_line
from holders h
join customers c on c.customer_id = h.customer_id
join certification_dates s on h.last_opened_on >= s.asked_from
where (c.self_certified_on is null or c.self_certified_on > $as_of)
    and (c.known_at is null or cast(c.known_at as date) <= $as_of)
union all
select
    c.customer_id, 'W-8', case when d.status = 'OVERDUE' then 'EXPIRED' else 'VALID' end, c.w8_valid_to, d.days_left,
    h.accounts, h.last_opened_on, c.tax_residence, c.us_person, c.source_file, c.source_line
from holders h
join customers c on c.customer_id = h.customer_id
join deadlines d on d.object_type = 'document' and d.rule = 'B.w8' and d.key = 'W-8 ' || c.customer_id
