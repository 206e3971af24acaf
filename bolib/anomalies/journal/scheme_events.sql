/* view: the settled instructions of the days the journal covers, as events: what accounting must record of each. The
   journal covers them since its first entry of an operation that had settled by then: one entry dated too early does
   not make it older. */
select
    s.instruction_id as event_id, s.trade_id, s.settled_on, t.currency, t.gross_amount, t.accrued_interest, t.fees, t.taxes, t.net_amount,
    'SETTLED ' || t.side || case when s.payment = 'FREE' then ' FREE' else '' end as event_type, s.source_file, s.source_line
from settlements s
join (
    select
        trade_id, side, currency, gross_amount, accrued_interest, fees, taxes, net_amount,
        row_number() over (partition by trade_id order by version desc) as place
    from trades
    where action <> 'CANCEL'
) t on t.trade_id = s.trade_id and t.place = 1
join (
    select min(e.entry_date) as began
    from entries e
    join settlements o on o.instruction_id = e.event_id and o.settled_on <= e.entry_date
) f on s.settled_on >= f.began
where s.status = 'SETT' and s.settled_on <= $as_of and s.settled_quantity = s.quantity
