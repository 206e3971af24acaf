/* view: the tax on financial transactions computed again, by share and settlement day, beside what was booked on deals. */
select
    t.isin, t.settlement_date, t.currency, t.deals, t.bought, t.sold, t.net_quantity, t.paid, t.base, t.rate_percent,
    t.tax_due, t.tax_booked, cast(t.tax_booked - t.tax_due as decimal(18,2)) as difference
from ttf_days t
