/* view: flows as the kernels want them: `accrued` is the cash paid or received for accrued interest. */
select kind, state, isin, book, currency, day, trade_id, version, quantity, gross, accrued_cash as accrued,
       fees, taxes, rate, book_rate
from flows
