/* view: what the kernel needs of each recent deal in a bond: its price and the close of its day, and its coupon.
   Of those quoted in percent: no table gives the nominal of one that is quoted by the unit. */
select
    r.trade_id, r.version, r.quantity, r.price, c.price as reference, r.settlement_date, i.coupon_rate, i.coupon_frequency,
    i.day_count, i.maturity_date, i.multiplier, 100 as divisor
from recent_deals r
join instruments i on i.isin = r.isin
left join last_closes_on c on c.isin = r.isin and c.trade_date = r.trade_date
where i.asset_class = 'BOND' and i.quotation = 'PERCENT' and r.days_back < $checked_days
