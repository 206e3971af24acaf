/*
id: COH-18
title: Which deals are to settle elsewhere than the counterparty's settlement instruction says?
rule: C3.ssi.valid
severity: MINOR
key: trade_id
amount: net_amount
date: trade_date
owner: counterparty
needs: [trades, ssis]
thresholds: {looked_back_days: 10}
message: "{trade_id}: {side} {quantity} {isin} on {venue} with {counterparty} is to settle at {pset_bic}; the instruction in force on {settlement_date} says {ssi_pset_bic}."
*/
select
    trade_id, version, book, trader, isin, side, quantity, net_amount, currency, counterparty, venue, trade_date,
    settlement_date, pset_bic, ssi_pset_bic, account, source_file, source_line, ssi_file, ssi_line
from deal_ssis
where days_back < $looked_back_days and substr(pset_bic, 1, 8) <> substr(ssi_pset_bic, 1, 8)
