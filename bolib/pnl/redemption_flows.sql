/* view: what is redeemed: all units of a position, at the redemption price. */
select
    f.state, f.isin, f.book, f.currency, m.day, k.ca_id as trade_id,
    cast(sum(f.quantity) as decimal(18,6)) as quantity, m.redemption as price,
    cast(0 as decimal(18,8)) as accrued, m.multiplier, m.divisor, m.rate, m.book_rate
from known_events k
join marks m on m.isin = k.isin and m.state = k.state and m.day = k.day
join flows f on f.isin = k.isin and f.state = k.state and f.currency = m.currency and f.day < m.day
where k.type = 'REDM'
group by f.state, f.isin, f.book, f.currency, m.day, k.ca_id, m.redemption, m.multiplier, m.divisor, m.rate, m.book_rate
