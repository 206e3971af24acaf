/* view: what corporate actions do to one unit on a day: cash in the price's quotation, units new for old. */
select
    isin, state, day,
    cast(sum(case when type = 'DVCA' then amount else 0 end) as decimal(18,8)) as dividend,
    cast(sum(case when type = 'INTR' then amount else 0 end) as decimal(18,8)) as coupon,
    cast(sum(case when type = 'CAPD' then amount else 0 end) as decimal(18,8)) as capital,
    cast(sum(case when type = 'REDM' then amount else 0 end) as decimal(18,8)) as redemption,
    max(case when type in ('SPLF', 'SPLR') then ratio_new when type = 'BONU' then ratio_old + ratio_new end) as split_new,
    max(case when type in ('SPLF', 'SPLR', 'BONU') then ratio_old end) as split_old
from known_events
group by isin, state, day
