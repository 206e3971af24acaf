/* view: open instructions with what holds them, who can act, where they are held and what they are worth: the last close
   by the evening, and the factor of own funds at their age. */
select
    u.*, r.cause, r.desk, a.account,
    case when i.asset_class = 'BOND' then x.accrued else cast(0 as decimal(18,8)) end as accrued,
    p.price, p.price_date, i.multiplier, case when i.quotation = 'PERCENT' then 100 else 1 end as divisor, b.factor
from open_instructions u
left join reason_desks r on r.reason = coalesce(u.reason, u.status) and r.movement = u.movement
left join known_trades t on t.trade_id = u.trade_id
left join book_accounts a on a.book = t.book
left join instruments i on i.isin = u.isin
left join accrued_by_bond x on x.isin = u.isin
left join last_closes p on p.isin = u.isin and p.currency = u.currency
left join ageing_bands b on u.intended_settlement_date < $as_of and coalesce(u.days_late >= b.from_day, true)
    and (b.to_day is null or u.days_late < b.to_day)
