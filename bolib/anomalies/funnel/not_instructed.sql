/*
id: FUN-02
title: Which deals have no settlement instruction in time?
rule: C3.instructed
severity: MAJOR
key: operation
amount: amount
date: trade_date
owner: instruction
needs: [trades, settlements]
message: "{operation}: {isin} in {book}, dealt {trade_date}, to settle {settlement_date}, was to be instructed by {next_due} and is not; it is {state}."
*/
select
    o.operation, o.state, o.book, o.isin, o.amount, o.currency, o.trade_date, o.settlement_date, o.next_due, o.source_file,
    o.source_line
from operation_states o
where o.state = 'CONFIRMED' and o.next_due <= $as_of
