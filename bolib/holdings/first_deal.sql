/* view: the day of the first deal known: what was held before stands in the opening lots, in the units of that day. */
select min(trade_date) as day from known_trades
