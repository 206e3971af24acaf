/* view: instructions neither settled nor cancelled, with what is open, what holds them, who can act and what a change of
   price could cost. */
select
    v.instruction_id, v.trade_id, v.movement, v.payment, v.isin, v.account, v.place, v.counterparty,
    v.intended_settlement_date, v.days_late, v.matched_at, v.status, v.reason, v.hold, v.cause, v.desk,
    v.settled_quantity, e.open_quantity, e.open_amount, v.currency, v.price, v.price_date, e.price_difference,
    v.factor, e.own_funds
from valued_instructions v
join instruction_exposures e on e.instruction_id = v.instruction_id
