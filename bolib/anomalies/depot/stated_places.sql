/* view: where each holding is kept, as its custodian states it; the bank's own records know accounts, and no places. */
select date, account, isin, max(places) as places
from custody_positions
where places is not null and date <= $as_of and (known_at is null or cast(known_at as date) <= $as_of)
group by date, account, isin
