/* view: the penalties computed, each with the day and the amount under which the depository would report it. It may
   report a late match in one row on the day of matching: the last day then stands for the total of all. */
select
    a.instruction_id, a.date, a.charged_on, a.type, a.direction, a.isin, a.counterparty, a.reason, a.instructed,
    a.quantity, a.price, a.price_date, a.multiplier, a.divisor, a.lack, a.charge_rate, a.charge_divisor, a.rule, a.rate,
    a.book_rate, a.rate_bp, a.currency, case when a.why is null then a.amount end as amount, a.why, a.source_file, a.source_line,
    row_number() over (partition by a.instruction_id order by a.date, a.type, a.direction) as line,
    case when t.total is null then a.date when a.date = t.last_day then a.charged_on end as reported_as,
    coalesce(
        case when a.date = t.last_day then t.total end, case when a.why is null then a.amount end
    ) as expected
from penalty_amounts a
left join (
    select c.instruction_id, max(c.date) as last_day, cast(sum(c.amount) as decimal(18,2)) as total
    from penalty_amounts c
    join (
        select instruction_id, max(date) as date
        from penalties
        where type = 'LMFP' and date <= $as_of
        group by instruction_id
        having count(*) = 1
    ) r on r.instruction_id = c.instruction_id and r.date = c.charged_on
    where c.type = 'LMFP' and c.why is null
    group by c.instruction_id
) t on t.instruction_id = a.instruction_id and a.type = 'LMFP'
where a.charged_on is not null
