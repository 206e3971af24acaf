/*
id: PNL-05
title: Which prices jumped against their own history?
rule: PC.prices
severity: MAJOR
key: isin
date: date
needs: [prices, trades]
thresholds: {times: 8, floor_bp: 300}
message: "{isin} {name}: {move_bp} bp in a day, {times_usual} times its usual {usual_bp} bp; {quantity} held."
*/
select
    cast($as_of as date) as date, m.name as isin, i.name, i.currency, m.move_bp, m.usual_bp, m.times as times_usual,
    cast(sum(p.quantity) as decimal(18,6)) as quantity
from price_moves m
join pnl_days d on d.day = m.day and d.date = $as_of
join instruments i on i.isin = m.name
join positions p on p.isin = m.name
where m.times > $times and abs(m.move_bp) > $floor_bp
group by m.name, i.name, i.currency, m.move_bp, m.usual_bp, m.times
