/* view: instructions free of payment of deals that are paid apart, with the day each leg was done by the evening of the
   day: the securities by the instruction, the cash by the ledger lines that name the deal, once they reach its amount.
   `other_due` is the day the leg still to come is due. */
select
    s.instruction_id, s.trade_id, s.movement, s.isin, s.quantity, s.amount, s.currency, s.counterparty,
    coalesce(t.settlement_date, s.intended_settlement_date) as other_due,
    case when s.settled_on <= $as_of then s.settled_on end as delivered_on, c.paid_on, s.source_file, s.source_line
from settlements s
left join known_trades t on t.trade_id = s.trade_id
left join (
    select trade_id, currency, cast(sum(amount) as decimal(18,2)) as paid, max(booking_date) as paid_on
    from ledger_lines
    where trade_id is not null and booking_date <= $as_of
    group by trade_id, currency
) c on c.trade_id = s.trade_id and c.currency = s.currency
    and case when s.movement = 'DELI' then c.paid else -c.paid end >= s.amount
where s.payment = 'FREE' and s.status <> 'CANC' and s.amount > 0
    and (s.known_at is null or cast(s.known_at as date) <= $as_of)
