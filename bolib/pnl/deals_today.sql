/* view: the deals and transfers that count on the day, with their cash and what values them at the close. */
select
    f.book, f.isin, f.currency, f.kind, f.trade_id, f.version, f.quantity, f.dealt_price, f.price,
    f.accrued, f.multiplier, f.divisor, f.rate, f.book_rate,
    c.cash_gross, c.cash_accrued, c.cash_fees, c.cash_taxes, f.source_file, f.source_line
from flows f
join evenings e on e.isin = f.isin and e.state = f.state and e.day = f.day and e.date = $as_of
join deal_cash c
    on c.state = f.state and c.isin = f.isin and c.book = f.book and c.trade_id = f.trade_id and c.kind = f.kind
where f.kind <> 'OPEN'
