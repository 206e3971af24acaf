/* view: deliveries that wait for securities and for nothing else: matched, not on hold, due by now or in a few days.
   A pool is what can settle against one another: an account's holding of a security at one depository. */
select
    coalesce(account, '') || '|' || isin || '|' || coalesce(place, '') as pool, instruction_id, account, isin, place,
    intended_settlement_date, days_late, open_quantity, open_amount, currency, cause,
    row_number() over (partition by account, isin order by intended_settlement_date, instruction_id) as rank
from open_settlements
where movement = 'DELI' and matched_at is not null and not hold and (cause is null or cause = 'securities')
    and open_quantity > 0 and (days_late is null or days_late >= -$days_ahead)
