/* view: each changed or cancelled version of a deal with the last one before it: a system that sends only the newest
   version of a day leaves numbers out. */
select c.trade_id, c.version, max(b.version) as before
from trades c
join trades b on b.trade_id = c.trade_id and b.version < c.version
where c.action <> 'NEW'
group by c.trade_id, c.version
