/* view: the lots open at the close of the day. */
select l.book, l.isin, l.open_trade_id as trade_id, l.opened_on, cast(sum(l.quantity) as decimal(18,6)) as quantity,
       cast(sum(l.cost) as decimal(18,2)) as cost, b.currency
from lot_rows l
join books b on b.book = l.book
join evenings e on e.isin = l.isin and e.state = l.state and e.date = $as_of
where l.kind = 'LOT'
group by l.book, l.isin, l.open_trade_id, l.opened_on, b.currency
