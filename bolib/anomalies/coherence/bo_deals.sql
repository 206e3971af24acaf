/* view: the latest version of each deal the back office had entered by the evening of the day, cancelled ones included;
   `first_entered_at` is when its first version was entered. */
select *
from (
    select
        d.*,
        row_number() over (partition by d.trade_id order by d.version desc) as rank,
        min(d.entered_at) over (partition by d.trade_id) as first_entered_at
    from bookings d
    where cast(coalesce(d.known_at, d.entered_at) as date) <= $as_of
) versions
where rank = 1
