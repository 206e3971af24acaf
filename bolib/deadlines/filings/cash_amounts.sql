/* view: the cash operations of customers, with the ECB's last rate known for their currency on their day. */
with last_rates as (
    select o.operation_id, max(r.date) as date
    from cash_operations o
    join fx_rates r on r.currency = o.currency and r.date <= o.date
    where o.currency <> 'EUR' and (r.known_at is null or cast(r.known_at as date) <= $as_of)
    group by o.operation_id
),
rates as (
    select date, currency, rate
    from (
        select
            r.*, row_number() over (
                partition by r.date, r.currency order by coalesce(r.known_at, timestamp '1900-01-01 00:00:00') desc
            ) as rank
        from fx_rates r
        where r.known_at is null or cast(r.known_at as date) <= $as_of
    ) latest
    where rank = 1
)
select
    o.operation_id, a.customer_id, o.direction, o.date, o.amount, o.currency,
    case when o.currency = 'EUR' then cast(1 as decimal(18,8)) else r.rate end as rate
from cash_operations o
join accounts a on a.account = o.account
left join last_rates l on l.operation_id = o.operation_id
left join rates r on r.currency = o.currency and r.date = l.date
where o.date <= $as_of and (o.known_at is null or cast(o.known_at as date) <= $as_of)
