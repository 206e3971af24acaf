/* view: when the counterparty first confirmed each deal, by the evening of the day. */
select trade_id, min(confirmed_at) as confirmed_at
from trades
where cast(confirmed_at as date) <= $as_of
group by trade_id
