/* view: deliveries that crossed a record date, and what is still to be paid on them. TO_US: we are due what the seller
   was paid; BY_US: we were paid what is the buyer's. */
select
    j.ca_id, j.reference, j.account, c.isin, c.type, c.kind, c.counterparty,
    coalesce(n.name, c.counterparty) as counterparty_name,
    case when j.entitled > 0 then 'TO_US' else 'BY_US' end as direction,
    abs(j.entitled) as quantity, c.trade_date, c.intended_settlement_date, c.settled_on, c.record_date, d.due_date,
    case when p.ratio_new is not null then abs(j.quantity_due) end as quantity_due,
    case when p.amount is not null then abs(j.gross) end as gross,
    case when p.amount is not null then abs(j.tax) end as tax,
    case when p.amount is not null then abs(j.net) end as net, p.currency,
    case
        when c.kind <> 'TRANSFORMATION' then j.state
        when c.type <> 'REDM' and c.instructed_quantity = abs(j.entitled + j.quantity_due) then 'REPLACED'
        else 'NOT_REPLACED'
    end as state,
    c.instructed_quantity, c.matched_at, j.arithmetic, c.source_file, c.source_line
from ca_judged j
join ca_claims c on c.ca_id = j.ca_id and c.reference = j.reference
join ca_positions p on p.ca_id = j.ca_id and p.account = j.account
left join counterparties n on n.lei = c.counterparty
left join ca_due d on d.object_type = 'market_claim' and d.key = j.ca_id || ' ' || j.reference
