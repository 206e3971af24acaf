/* view: what each customer paid in and out by calendar month, in euros, against the limit of the month; `passed_on` is
   the day the sum passed it, and `unconverted` counts operations in a currency without a rate. */
select
    customer_id, year, month, direction, max(date) as last_on, min(case when running > above then date end) as passed_on,
    cast(sum(euros) as decimal(18,2)) as total, cast(count(*) as bigint) as operations,
    cast(sum(case when euros is null then 1 else 0 end) as bigint) as unconverted
from (
    select
        c.customer_id, year(c.date) as year, month(c.date) as month, c.direction, c.date, c.euros, l.above,
        cast(sum(c.euros) over (
            partition by c.customer_id, year(c.date), month(c.date), c.direction order by c.date, c.operation_id
        ) as decimal(18,2)) as running
    from cash_in_euros c
    join cash_limits l on c.date >= l.valid_from and c.date <= l.valid_to
) sums
group by customer_id, year, month, direction
