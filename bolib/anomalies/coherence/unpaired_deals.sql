/* view: deals of which the two offices do not hold the same version: `version` is empty where the front office does not
   know the deal, `booked_version` where the back office does not. */
select coalesce(f.trade_id, b.trade_id) as trade_id, f.version, b.version as booked_version
from fo_deals f
full join bo_deals b on b.trade_id = f.trade_id
where f.version is null or b.version is null or f.version <> b.version
