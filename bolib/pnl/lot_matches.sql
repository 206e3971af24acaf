/* view: the lots closed since the first day, each with the deal that closed it. */
select l.book, l.isin, l.close_trade_id, l.open_trade_id, d.date as closed_on,
       cast(sum(l.quantity) as decimal(18,6)) as quantity, cast(sum(l.cost) as decimal(18,2)) as cost,
       cast(sum(l.proceeds) as decimal(18,2)) as proceeds, cast(sum(l.result) as decimal(18,2)) as result, b.currency
from lot_rows l
join books b on b.book = l.book
join pnl_days d on d.day = l.day
join evenings e on e.isin = l.isin and e.state = l.state and e.date = $as_of
where l.kind = 'MATCH'
group by l.book, l.isin, l.close_trade_id, l.open_trade_id, d.date, b.currency
