/* view: what settled between two stated evenings of each account, by instruction, + received and - delivered: deals, a
   part that settled by what is told of the instruction's life, and transfers between books held in different accounts;
   `known_on` is when the bank knew of it. */
with evenings as (
    select e.account, e.evening, b.evening as before
    from depot_evenings e
    join depot_evenings b on b.account = e.account and b.rank = e.rank + 1
),
settled as (
    select
        e.account, e.evening, e.before, o.isin, o.reference, o.direction, o.known_on,
        cast(case
            when o.settled_on <= e.evening then o.quantity else coalesce(n.quantity, o.settled_part)
        end - case
            when o.settled_on <= e.before then o.quantity else coalesce(b.quantity, o.settled_part)
        end as decimal(18,6)) as quantity
    from evenings e
    join deliveries o on o.account = e.account
    left join depot_settled_parts n on n.evening = e.evening and n.instruction_id = o.reference
    left join depot_settled_parts b on b.evening = e.before and b.instruction_id = o.reference
),
legs as (
    select t.trade_id, t.isin, b.account, t.settlement_date, t.side = 'BUY' as received, t.quantity,
        cast(coalesce(t.known_at, t.entered_at) as date) as known_on
    from known_trades t
    join book_accounts b on b.book = t.book
    where t.from_book is not null
    union all
    select t.trade_id, t.isin, b.account, t.settlement_date, t.side <> 'BUY' as received, t.quantity,
        cast(coalesce(t.known_at, t.entered_at) as date) as known_on
    from known_trades t
    join book_accounts b on b.book = t.from_book
)
select
    account, evening, before, isin, reference,
    case direction when 1 then quantity else -quantity end as quantity, known_on
from settled
where quantity <> 0
union all
select
    e.account, e.evening, e.before, l.isin, l.trade_id as reference,
    cast(sum(case when l.received then l.quantity else -l.quantity end) as decimal(18,6)) as quantity,
    max(l.known_on) as known_on
from evenings e
join legs l on l.account = e.account and l.settlement_date > e.before and l.settlement_date <= e.evening
group by e.account, e.evening, e.before, l.isin, l.trade_id
