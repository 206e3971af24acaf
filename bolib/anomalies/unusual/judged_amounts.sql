/* view: the amounts, those of the last days to be judged. */
select a.block, a.key, a.day, now.day - d.day < $unusual_days as judged, a.kind, a.wider, a.amount
from odd_amounts a
join target_days d on d.date = a.day
join target_days now on now.date = $as_of
