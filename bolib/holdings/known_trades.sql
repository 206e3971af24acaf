/* view: the latest version of each deal the front office had entered by the evening of the day, unless cancelled. */
select *
from (
    select t.*, row_number() over (partition by t.trade_id order by t.version desc) as rank
    from trades t
    where cast(coalesce(t.known_at, t.entered_at) as date) <= $as_of
) latest
where rank = 1 and action <> 'CANCEL'
