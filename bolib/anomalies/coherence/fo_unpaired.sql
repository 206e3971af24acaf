/* view: the deals of `unpaired_deals` as the front office wrote them; no `booked_version`: not in the back office. */
select f.*, u.booked_version
from unpaired_deals u
join fo_deals f on f.trade_id = u.trade_id
