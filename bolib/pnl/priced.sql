/* view: the price of the day of each position held, the one before, and since when it has not moved. */
select
    p.book, p.isin, i.name, i.asset_class, p.quantity, p.price, p.market_value, p.currency, n.day as today,
    max(case when k.price <> p.price then k.day end) as last_other_day
from positions p
join instruments i on i.isin = p.isin
join pnl_days n on n.date = $as_of
join evenings e on e.isin = p.isin and e.date = $as_of
join known_prices k on k.isin = p.isin and k.state = e.state
group by p.book, p.isin, i.name, i.asset_class, p.quantity, p.price, p.market_value, p.currency, n.day
