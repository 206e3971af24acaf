/*
id: PNL-14
title: Do value and cash, and the lots, come to the same result?
rule: PC.routes
severity: CRITICAL
key: book
amount: apart
date: date
owner: book
needs: [trades, prices]
thresholds: {}
message: "{book}: total {total} {currency}, realised {realised} plus unrealised {unrealised}: {apart} apart."
*/
select date, book, currency, total, realised, unrealised,
       cast(total - realised - unrealised as decimal(18,2)) as apart
from pnl_books
where date = $as_of and total <> realised + unrealised
