/*
id: COH-16
title: For which deals is no settlement instruction of the counterparty in force?
rule: C3.ssi.valid
severity: MAJOR
key: trade_id
amount: net_amount
date: trade_date
owner: counterparty
needs: [trades, ssis]
thresholds: {looked_back_days: 10}
message: "{trade_id}: {side} {quantity} {isin} on {venue} with {counterparty}: no standing settlement instruction is in force there on {settlement_date}."
*/
select
    trade_id, version, book, trader, isin, side, quantity, net_amount, currency, counterparty, venue, trade_date,
    settlement_date, source_file, source_line
from deal_ssis
where days_back < $looked_back_days and account is null
