/* view: own-book transfers with what values them at the close. */
select kind, state, isin, book, currency, day, trade_id, quantity, price, accrued, multiplier, divisor, rate, book_rate
from flows
where kind in ('TRANSFER_IN', 'TRANSFER_OUT')
