/* view: What is past its settlement date, by the age bands of the rule on own funds. */
select
    b.band, b.from_day, b.factor, d.currency, cast(count(*) as bigint) as instructions,
    cast(sum(d.amount) as decimal(18,2)) as amount
from deadlines d
join ageing_bands b on -d.days_left >= b.from_day and (b.to_day is null or -d.days_left < b.to_day)
where d.rule = 'A-50' and d.status = 'OVERDUE'
group by b.band, b.from_day, b.factor, d.currency
