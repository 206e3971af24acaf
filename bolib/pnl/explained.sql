/* view: the day's components of each position beside the figures they come from. */
select
    a.book, a.isin, a.currency, i.currency as price_currency, i.quotation, i.multiplier,
    a.q0, a.q1, a.price_effect, cast(a.carry - coalesce(d.carry, 0) as decimal(18,2)) as carry, a.fx, a.new, a.dividend, a.corporate_action,
    m0.price as price_before, m.price as price_now, m0.accrued as accrued_before, m.accrued as accrued_now,
    m0.rate as rate_before, m.rate as rate_now, m0.book_rate as book_rate_before, m.book_rate as book_rate_now,
    m.split_new, m.split_old, m.dividend as dividend_unit, m.coupon as coupon_unit,
    m.capital as capital_unit, m.redemption as redemption_unit, k.source_file, k.source_line
from attributed a
join instruments i on i.isin = a.isin
join evenings e on e.isin = a.isin and e.state = a.state and e.day = a.day and e.date = $as_of
join marks m on m.isin = a.isin and m.state = a.state and m.day = a.day and m.currency = a.currency
join marks m0 on m0.isin = a.isin and m0.state = a.state and m0.day = a.day - 1 and m0.currency = a.currency
join known_prices k on k.isin = a.isin and k.state = a.state and k.day = a.day
left join (
    select book, isin, cast(sum(carry) as decimal(18,2)) as carry from deals_valued_today group by book, isin
) d on d.book = a.book and d.isin = a.isin
