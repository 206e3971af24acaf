/*
id: PNL-09
title: Which adjustments has nobody else approved?
rule: PC.adjustments
severity: MAJOR
key: adjustment_id
amount: amount
date: date
owner: book
thresholds: {}
message: "{adjustment_id} on {book}: {amount} {currency} by {author} ({reason}), approver: {approver}."
*/
select adjustment_id, date, book, amount, currency, reason, author, approver, source_file, source_line
from adjustments
where date <= $as_of and (approver is null or approver = author)
