/* view: which receipt would release which delivery, with what holds the one and what is at stake in the other. Of a
   delivery that needs several receipts, the last one releases it: its amount counts there alone. */
select
    l.receipt, l.delivery, r.isin, r.account, r.place, l.quantity, l.releases,
    r.intended_settlement_date as receipt_due, r.days_late as receipt_days_late, r.reason as receipt_reason,
    r.cause as receipt_cause, r.counterparty as receipt_counterparty, r.desk as receipt_desk,
    d.intended_settlement_date as delivery_due, d.days_late as delivery_days_late,
    d.counterparty as delivery_counterparty, d.open_quantity,
    case when l.releases then d.open_amount end as released_amount, d.currency
from chain_links l
join open_settlements r on r.instruction_id = l.receipt
join open_settlements d on d.instruction_id = l.delivery
