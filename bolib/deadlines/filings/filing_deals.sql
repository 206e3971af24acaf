/* view: the deals with another party that stand on the day, with the day in Paris on which they were dealt. */
select
    t.trade_id, t.book, t.isin, t.side, t.quantity, t.gross_amount, t.taxes, t.currency, t.trade_date,
    t.settlement_date, t.venue, coalesce(d.day, t.trade_date) as event_on, i.asset_class, i.market, i.ttf,
    t.source_file, t.source_line
from known_trades t
join instruments i on i.isin = t.isin
left join paris_days d on d.moment = t.traded_at
where t.from_book is null
