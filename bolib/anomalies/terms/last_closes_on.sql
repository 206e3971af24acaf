/* view: the close each recently dealt instrument had on the day of its deals, or the last one before it. */
with wanted as (
    select distinct isin, trade_date from recent_deals where days_back < $checked_days
),
latest as (
    select w.isin, w.trade_date, max(c.date) as close_date
    from wanted w
    join day_closes c on c.isin = w.isin and c.date <= w.trade_date
    group by w.isin, w.trade_date
)
select l.isin, l.trade_date, l.close_date, c.price, c.low, c.high, m.usual_bp
from latest l
join day_closes c on c.isin = l.isin and c.date = l.close_date
left join t2s_days d on d.date = l.close_date
left join close_moves m on m.name = l.isin and m.day = d.day
