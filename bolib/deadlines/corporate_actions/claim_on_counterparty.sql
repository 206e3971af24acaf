/*
id: CORPACT-06
title: Which market claims are due to us and unpaid?
rule: CA.claim
severity: MAJOR
key: ca_id, reference
amount: net
date: due_date
owner: market_claim
needs: [corporate_actions, ca_receipts, settlements, trades]
message: "{counterparty_name} owes us what {ca_id} ({type}) brought on {reference}, {quantity} {isin} {dealt} on {trade_date}, {since}: {arithmetic}."
*/
select
    ca_id, reference, account, isin, type, kind, counterparty, counterparty_name, quantity, trade_date,
    intended_settlement_date, settled_on, record_date, due_date, quantity_due, gross, tax, net, currency,
    case kind when 'REVERSE' then 'sold without it' else 'bought with the right' end as dealt,
    case
        when settled_on is null then 'not received yet'
        when kind = 'REVERSE' then 'delivered on ' || cast(settled_on as string)
        else 'received on ' || cast(settled_on as string)
    end as since,
    arithmetic, source_file, source_line
from market_claims
where state = 'OPEN' and direction = 'TO_US' and due_date < $as_of
