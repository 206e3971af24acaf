/*
id: PNL-11
title: Which books are short where they may not be?
rule: PC.short
severity: MAJOR
key: book, isin
amount: market_value
date: date
owner: book
needs: [trades]
thresholds: {}
message: "{book} is short {quantity} {isin}, and the book may not be short."
*/
select p.date, p.book, p.isin, p.quantity, p.market_value, p.currency
from positions p
left join short_books s on s.book = p.book
where p.quantity < 0 and s.book is null
