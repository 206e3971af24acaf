/* view: deliveries of a security that does not agree, of exactly the quantity that is missing or too much, or of half of
   it: a deal taken the wrong way round leaves twice its quantity. */
select distinct
    d.account, d.isin, o.reference, o.trade_id, o.quantity, o.direction, o.settled_on, o.intended_settlement_date,
    case when d.residual > 0 then 1 else -1 end as sign, o.quantity <> abs(d.residual) as twice
from depot d
join deliveries o on o.account = d.account and o.isin = d.isin
    and (o.quantity = abs(d.residual) or o.quantity + o.quantity = abs(d.residual))
join target_days now on now.date = d.evening
join target_days day on day.date = coalesce(o.settled_on, o.intended_settlement_date)
where d.residual <> 0 and o.trade_date <= d.evening and now.day - day.day <= $depot_days
