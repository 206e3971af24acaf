/* view: for each line whose reported amount differs, what it would be with one factor replaced: the price by one of the
   days around, the rate by another one, the quantity by that instructed or of another evening. */
with differing as (
    select e.*, r.amount as reported
    from penalty_expected e
    join penalty_pairs p on p.instruction_id = e.instruction_id and p.line = e.line
    join penalty_reported r on r.penalty_id = p.penalty_id and r.type = e.type and r.direction = e.direction
        and r.currency = e.currency
    where e.why is null and e.expected = e.amount and e.instructed > 0 and abs(r.amount - e.amount) > 0.01
)
select
    d.instruction_id, d.line, d.reported, 1 as rank, 'PRICE' as cause, 'that of ' || cast(p.date as string) as told,
    d.quantity, p.price, d.multiplier, d.divisor, d.charge_rate, d.charge_divisor, d.rate, d.book_rate
from differing d
join prices p on p.isin = d.isin and p.date <= $as_of and (p.known_at is null or cast(p.known_at as date) <= $as_of)
join target_days n on n.date = d.price_date
join target_days o on o.date = p.date and abs(o.day - n.day) <= 5
where p.price <> d.price
union all
select
    d.instruction_id, d.line, d.reported, 2 as rank, 'RATE' as cause, 'that of ' || r.rule as told,
    d.quantity, d.price, d.multiplier, d.divisor, r.charge_rate, r.charge_divisor, d.rate, d.book_rate
from differing d
join penalty_rates r on d.date >= r.valid_from and d.date <= r.valid_to
    and (r.lack = 'SECURITIES' or r.kind = d.currency)
where r.rule <> d.rule
union all
select
    d.instruction_id, d.line, d.reported, 3 as rank, 'QUANTITY' as cause, 'that instructed' as told,
    d.instructed as quantity, d.price, d.multiplier, d.divisor, d.charge_rate, d.charge_divisor, d.rate, d.book_rate
from differing d
where d.instructed <> d.quantity
union all
select
    d.instruction_id, d.line, d.reported, 3 as rank, 'QUANTITY' as cause, 'that of ' || cast(o.date as string) as told,
    o.quantity, d.price, d.multiplier, d.divisor, d.charge_rate, d.charge_divisor, d.rate, d.book_rate
from differing d
join penalty_expected o on o.instruction_id = d.instruction_id and o.quantity <> d.quantity
