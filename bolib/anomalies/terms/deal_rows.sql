/* view: what the kernel needs of each deal that is recent, or settles later: amounts, lot, rate, fee grid and market of
   its own day. */
select
    r.trade_id, r.version, r.gross_amount as gross, e.rate, r.quantity, i.lot_size, g.rate_bp as fee_bp,
    g.minimum as fee_minimum, r.price, c.price as reference, c.usual_bp, r.traded_at, r.entered_at
from recent_deals r
left join instruments i on i.isin = r.isin
left join euro_rates e on e.currency = r.currency and e.date = r.trade_date
left join last_closes_on c on c.isin = r.isin and c.trade_date = r.trade_date
left join fee_spans g on g.venue = r.venue and g.asset_class = i.asset_class and g.currency = r.currency
    and g.valid_from <= r.trade_date and (g.valid_to is null or r.trade_date <= g.valid_to)
    and (g.next_from is null or r.trade_date < g.next_from)
where r.days_back < $checked_days or r.settlement_date > $as_of -- of a limit it still uses
