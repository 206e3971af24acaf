/* view: every position of every state on every day it is held, with what values one unit. */
select
    l.state, l.isin, l.book, m.currency, m.day, m.date, m.price_day, l.quantity, l.cost,
    m.price, m.accrued, m.multiplier, m.divisor, m.rate, m.book_rate
from lot_rows l
join books b on b.book = l.book
join marks m on m.state = l.state and m.isin = l.isin and m.currency = b.currency
    and m.day >= l.day and m.day < l.until_day
where l.kind = 'POSITION' and l.quantity <> 0
