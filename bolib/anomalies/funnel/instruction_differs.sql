/*
id: FUN-03
title: Which settlement instructions are not what was dealt?
rule: C3.instructed
severity: MAJOR
key: instruction_id
amount: amount
date: intended_settlement_date
owner: instruction
needs: [trades, settlements]
thresholds: {cash_tolerance: 2}
message: "{instruction_id} differs from {trade_id} in{fields}: instructed {movement} {quantity} {isin} against {amount} {currency} on {intended_settlement_date}; dealt {side} {dealt_quantity} {dealt_isin} for {net_amount} {dealt_currency}, to settle {settlement_date}."
*/
select *
from (
    select
        s.instruction_id, s.trade_id, s.movement, s.payment, s.isin, s.quantity, s.amount, s.currency,
        s.intended_settlement_date, s.status, f.side, f.isin as dealt_isin, f.quantity as dealt_quantity, f.net_amount,
        f.currency as dealt_currency, f.settlement_date, f.book,
        case when s.movement = 'RECE' and f.side = 'SELL' or s.movement = 'DELI' and f.side = 'BUY' then ' movement' else '' end
            || case when s.isin <> f.isin then ' isin' else '' end
            || case when s.quantity <> f.quantity then ' quantity' else '' end
            || case when s.currency <> f.currency then ' currency' else '' end
            || case when s.counterparty <> f.counterparty then ' counterparty' else '' end
            || case when s.payment = 'APMT' and abs(s.amount - f.net_amount) > $cash_tolerance then ' amount' else '' end
            as fields,
        s.source_file, s.source_line, f.source_file as deal_file, f.source_line as deal_line
    from settlements s
    join fo_deals f on f.trade_id = s.trade_id
    join instruction_stages i on i.trade_id = s.trade_id and i.instructions = 1
    where s.status not in ('CANC', 'SETT') and f.action <> 'CANCEL'
) compared
where length(fields) > 0
