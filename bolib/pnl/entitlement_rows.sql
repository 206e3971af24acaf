/* view: the units of the evening before that are entitled to cash of the day, one row a kind of cash. */
with entitled as (
    select h.state, h.isin, h.book, h.currency, m.day, h.quantity, m.multiplier, m.divisor, m.rate, m.book_rate,
           m.dividend, m.coupon, m.capital, m.redemption
    from held_rows h
    join marks m on m.state = h.state and m.isin = h.isin and m.currency = h.currency and m.day = h.day + 1
)
select 'DIVIDEND' as kind, state, isin, book, currency, day, quantity, dividend as price,
       cast(0 as decimal(18,8)) as accrued, multiplier, divisor, rate, book_rate
from entitled where dividend <> 0
union all
select 'CARRY', state, isin, book, currency, day, quantity, coupon, cast(0 as decimal(18,8)), multiplier, divisor, rate, book_rate
from entitled where coupon <> 0
union all
select 'CORPORATE_ACTION', state, isin, book, currency, day, quantity, capital, cast(0 as decimal(18,8)), multiplier, divisor, rate, book_rate
from entitled where capital <> 0
union all
select 'REDEMPTION', state, isin, book, currency, day, quantity, redemption, cast(0 as decimal(18,8)), multiplier, divisor, rate, book_rate
from entitled where redemption <> 0
