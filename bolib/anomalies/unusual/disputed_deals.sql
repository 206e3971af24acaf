/* view: deals of the last days the two offices do not hold alike: how much more the front office holds by it (`residual`,
   in units), and how far the close of its day is from its price. Their product is what it makes of the day's result. */
with legs as (
    select trade_id, book, isin, trade_date, price, case side when 'BUY' then quantity else -quantity end as quantity
    from fo_deals
    where action <> 'CANCEL' and from_book is null
    union all
    select trade_id, book, isin, trade_date, price, case side when 'BUY' then -quantity else quantity end as quantity
    from bo_deals
    where action <> 'CANCEL' and from_book is null
),
apart as (
    select
        trade_id, min(book) as book, isin, min(trade_date) as trade_date, min(price) as price,
        cast(sum(quantity) as decimal(18,6)) as residual
    from legs
    group by trade_id, isin
)
select
    a.trade_id, a.book, a.trade_date, a.isin, a.residual, cast(p.price - a.price as decimal(18,8)) as price,
    i.currency, i.multiplier, case when i.quotation = 'PERCENT' then 100 else 1 end as divisor
from apart a
join target_days d on d.date = a.trade_date
join target_days now on now.date = $as_of
join instruments i on i.isin = a.isin
left join day_closes p on p.isin = a.isin and p.date = a.trade_date
where a.residual <> 0 and now.day - d.day <= $depot_days
