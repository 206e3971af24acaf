/* view: deliveries on the wrong side of a record date, by the market standards. Dealt with the right (before the
   ex-date; for nominal, to settle by the record date) and not settled that evening: the seller was paid what is the
   buyer's, a claim. Dealt without it and settled already: the buyer was paid what is the seller's, a reverse claim;
   nominal knows none. `unsettled` leaves out what had settled in part. */
with crossed as (
    select
        e.ca_id, e.type, e.quotation, e.record_date, o.*,
        case
            when e.quotation = 'PERCENT' and o.intended_settlement_date <= e.record_date then true
            when e.quotation = 'UNIT' and o.trade_date < e.ex_date then true
            else false
        end as with_right,
        coalesce(o.settled_on <= e.record_date, false) as settled
    from ca_judged_events e
    join deliveries o on o.isin = e.isin
    where e.record_date <= $as_of
),
parts as (
    select c.ca_id, c.reference, max(v.settled_quantity) as quantity
    from crossed c
    join settlement_events v on v.instruction_id = c.reference and cast(v.at as date) <= c.record_date
    where c.with_right and not c.settled
    group by c.ca_id, c.reference
),
followed as (select distinct v.instruction_id from settlement_events v where cast(v.at as date) <= $as_of)
select
    c.ca_id, c.reference, c.trade_id, c.isin, c.type, c.book, c.account, c.direction, c.quantity, c.trade_date,
    c.intended_settlement_date, c.settled_on, c.record_date, c.matched_at, c.counterparty, c.place,
    c.instructed_quantity, c.with_right, c.source_file, c.source_line,
    case
        when not c.with_right then c.quantity
        when f.instruction_id is not null then c.quantity - coalesce(p.quantity, 0)
        else c.quantity - c.settled_part
    end as unsettled
from crossed c
left join parts p on p.ca_id = c.ca_id and p.reference = c.reference
left join followed f on f.instruction_id = c.reference
where c.with_right and not c.settled or not c.with_right and c.settled and c.quotation = 'UNIT'
