/* view: the gross exposure of each book and day: market values added without their signs. */
select h.date, h.day, h.book, h.currency, cast(sum(abs(h.market_value)) as decimal(18,2)) as exposure
from held h join evenings e on e.isin = h.isin and e.state = h.state and e.day = h.day
group by h.date, h.day, h.book, h.currency
