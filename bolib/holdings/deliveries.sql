/* view: each delivery that a deal with another party calls for, + to receive and - to deliver, and how far it settled.
   The quantity is the deal's where one instruction settles it (the depository may have replaced the instruction), the
   instruction's own where several do. A deal without an instruction is taken to settle on its contractual date. `known_on`:
   when the bank knew the deal and what is told here of its settlement. */
select
    coalesce(s.instruction_id, t.trade_id) as reference, t.trade_id, t.isin, t.book, b.account,
    case t.side when 'BUY' then 1 else -1 end as direction,
    case when n.instructions > 1 then s.quantity else t.quantity end as quantity,
    s.quantity as instructed_quantity,
    t.trade_date, coalesce(s.intended_settlement_date, t.settlement_date) as intended_settlement_date,
    case
        when s.settled_on <= $as_of then s.settled_on
        when s.instruction_id is null and t.settlement_date <= $as_of then t.settlement_date
    end as settled_on,
    case
        when s.settled_on is null then coalesce(s.settled_quantity, cast(0 as decimal(18,6)))
        else cast(0 as decimal(18,6))
    end as settled_part,
    case when cast(s.matched_at as date) <= $as_of then s.matched_at end as matched_at,
    case
        when cast(s.known_at as date) > cast(coalesce(t.known_at, t.entered_at) as date) then cast(s.known_at as date)
        else cast(coalesce(t.known_at, t.entered_at) as date)
    end as known_on,
    coalesce(s.counterparty, t.counterparty) as counterparty, substr(coalesce(s.place, t.pset_bic), 1, 8) as place,
    coalesce(s.source_file, t.source_file) as source_file, coalesce(s.source_line, t.source_line) as source_line
from known_trades t
join book_accounts b on b.book = t.book
left join (
    select * from settlements
    where status <> 'CANC' and (known_at is null or cast(known_at as date) <= $as_of)
) s on s.trade_id = t.trade_id
left join (
    select trade_id, count(*) as instructions from settlements
    where status <> 'CANC' and (known_at is null or cast(known_at as date) <= $as_of)
    group by trade_id
) n on n.trade_id = t.trade_id
where t.from_book is null
