/*
id: CON-06
title: Which traders dealt far more, gross, than they usually do in a day?
rule: C3.gross
severity: MAJOR
key: trader, trade_date
amount: gross_eur
currency: currency
date: trade_date
owner: trade
needs: [trades, fx_rates]
thresholds: {times: 8, floor_eur: 5000000, looked_back_days: 10}
message: "{trader} dealt {gross_eur} EUR gross on {trade_date} in {deals} deals, {times_usual} times the usual {usual_eur}."
*/
select
    g.trader, g.trade_date, g.deals, g.gross_eur, 'EUR' as currency, m.times as times_usual,
    m.usual_bp as usual_eur
from trader_gross g
join trader_moves m on m.name = g.trader and m.day = g.day
join t2s_days now on now.date = $as_of
where m.times > $times and g.gross_eur > $floor_eur and now.day - g.day < $looked_back_days
