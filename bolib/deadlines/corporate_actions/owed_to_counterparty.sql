/*
id: CORPACT-07
title: Which proceeds have we received that are owed to the other side?
rule: CA.claim
severity: MAJOR
key: ca_id, reference
amount: net
date: due_date
owner: market_claim
needs: [corporate_actions, ca_receipts, settlements, trades]
message: "We owe {counterparty_name} what {ca_id} ({type}) brought on {reference}, {quantity} {isin} {dealt} on {trade_date}, {since}: {arithmetic}."
*/
select
    ca_id, reference, account, isin, type, kind, counterparty, counterparty_name, quantity, trade_date,
    intended_settlement_date, settled_on, record_date, due_date, quantity_due, gross, tax, net, currency,
    case kind when 'REVERSE' then 'bought without it' else 'sold with the right' end as dealt,
    case
        when settled_on is null then 'not delivered yet'
        when kind = 'REVERSE' then 'received on ' || cast(settled_on as string)
        else 'delivered on ' || cast(settled_on as string)
    end as since,
    arithmetic, source_file, source_line
from market_claims
where state = 'OPEN' and direction = 'BY_US' and due_date < $as_of
