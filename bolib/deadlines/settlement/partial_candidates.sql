/* view: failing deliveries that could settle in part with the stock stated as available. */
select
    w.pool, w.instruction_id, w.intended_settlement_date as due, w.open_quantity, w.open_amount,
    a.quantity as available, i.lot_size
from securities_wanted w
join available_stock a on a.pool = w.pool and a.quantity > 0
left join instruments i on i.isin = w.isin
where w.cause = 'securities' and w.intended_settlement_date <= $as_of
