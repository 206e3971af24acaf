/* view: the deals of `unpaired_deals` as the back office wrote them; no `dealt_version`: not in the front office. */
select b.*, u.version as dealt_version
from unpaired_deals u
join bo_deals b on b.trade_id = u.trade_id
