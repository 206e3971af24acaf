/* view: deals the two offices do not hold alike, as results: one row an office that has the deal. */
select
    'TRADES' as reconciliation, r.trade_id as key, r.side, r.class, r.amount, r.currency, g.age_days, g.owner,
    g.explanation
from trade_rows r
join trade_gaps g on g.trade_id = r.trade_id
