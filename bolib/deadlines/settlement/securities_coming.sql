/* view: what a pool can give, in the order in which it is due: stock first, which has no date, then receipts. */
select pool, cast(null as string) as instruction_id, cast(null as date) as due, quantity
from available_stock
union all
select
    coalesce(account, '') || '|' || isin || '|' || coalesce(place, ''), instruction_id, intended_settlement_date, open_quantity
from open_settlements
where movement = 'RECE' and open_quantity > 0 and (days_late is null or days_late >= -$days_ahead)
