/* view: what is to be paid and received in cash, and its business day's number: instructions against payment not yet
   settled, deals not yet instructed, purchases ordered for our own books (two days on). A payment that is late is due
   tomorrow; an instruction settled in part counts whole. `sure`: the other side has matched it, and it is not late. */
select
    'instruction' as what, s.instruction_id as reference, s.currency, s.amount, s.movement = 'RECE' as paid,
    s.matched_at is not null and s.intended_settlement_date > $as_of as sure,
    case when s.intended_settlement_date <= $as_of then now.day + 1 when d.open then d.day else d.day + 1 end as due_day
from settlements s
join target_days d on d.date = s.intended_settlement_date
join target_days now on now.date = $as_of
where s.payment = 'APMT' and s.settled_on is null and s.status not in ('SETT', 'CANC')
union all
select
    'deal' as what, f.trade_id as reference, f.currency, f.net_amount as amount, f.side = 'BUY' as paid, false as sure,
    case when d.open then d.day else d.day + 1 end as due_day
from fo_deals f
left join settlements s on s.trade_id = f.trade_id
join target_days d on d.date = f.settlement_date
where f.action <> 'CANCEL' and f.from_book is null and s.trade_id is null and f.settlement_date > $as_of
union all
select
    'order' as what, o.order_id as reference, o.currency, o.market_value as amount, true as paid, false as sure,
    now.day + 2 as due_day
from valued_orders o
join target_days now on now.date = $as_of
where o.account is null
