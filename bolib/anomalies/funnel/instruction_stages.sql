/* view: how far the settlement of each deal has come: the least advanced of its instructions that are not cancelled
   (1 instructed, 2 matched, 3 settled), as known on the evening of the day. */
select
    s.trade_id, cast(count(*) as bigint) as instructions,
    min(case when s.settled_on <= $as_of then 3 when cast(s.matched_at as date) <= $as_of then 2 else 1 end) as stage,
    max(case when s.settled_on <= $as_of then s.settled_on end) as settled_on,
    max(s.intended_settlement_date) as due_on, min(s.instruction_id) as instruction_id
from settlements s
where s.status <> 'CANC' and (s.accepted_at is null or cast(s.accepted_at as date) <= $as_of)
group by s.trade_id
