/* view: the partial settlements that would cure the largest amount with the stock available. */
select
    p.instruction_id, o.isin, o.account, o.place, o.counterparty, o.intended_settlement_date, o.days_late, p.available,
    o.open_quantity, p.partial_quantity, o.open_amount, p.cured_amount, o.currency, o.desk
from partial_quantities p
join open_settlements o on o.instruction_id = p.instruction_id
