/* view: deliveries that crossed a record date, in the units of the event, + due to us; and what the market does about
   them: a CLAIM or, dealt without the right, a REVERSE claim; a DUE_BILL; or, when the security itself is replaced, the
   TRANSFORMATION of the open instruction. */
select
    n.ca_id, n.reference, n.account, c.isin, c.type, c.trade_id, c.trade_date, c.intended_settlement_date, c.settled_on,
    c.matched_at, c.counterparty, c.place, c.record_date, c.instructed_quantity, n.quantity,
    case when not c.with_right then 'REVERSE' else coalesce(k.kind, usual.kind, 'CLAIM') end as kind,
    c.source_file, c.source_line
from ca_counted n
join ca_crossings c on c.ca_id = n.ca_id and c.reference = n.reference
left join ca_claim_kinds k on k.type = c.type and k.place = c.place
left join ca_claim_kinds usual on usual.type = c.type and usual.place is null
where n.part = 'CROSSED'
