/* view: the latest version of each deal the back office had entered by the evening of the day, cancelled ones included;
   `first_entered_at` is when its first version was entered. Most deals have one version: only the others are ranked. */
select d.*, coalesce(several.first_entered_at, d.entered_at) as first_entered_at
from bookings d
left join (
    select trade_id, max(version) as version, min(entered_at) as first_entered_at
    from bookings
    where cast(coalesce(known_at, entered_at) as date) <= $as_of
    group by trade_id
    having count(*) > 1
) several on several.trade_id = d.trade_id
where cast(coalesce(d.known_at, d.entered_at) as date) <= $as_of
    and (several.version is null or several.version = d.version)
