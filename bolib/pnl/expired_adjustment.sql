/*
id: PNL-10
title: Which adjustments have passed their end?
rule: PC.adjustments
severity: MINOR
key: adjustment_id
amount: amount
date: expires_on
owner: book
thresholds: {}
message: "{adjustment_id} on {book}: {amount} {currency} of {date} expired on {expires_on} and was not reversed."
*/
select a.adjustment_id, a.date, a.book, a.amount, a.currency, a.expires_on, a.source_file, a.source_line
from adjustments a
where a.date <= $as_of and a.expires_on < $as_of
  and not exists (
      select 1 from adjustments r
      where r.book = a.book and r.amount = -a.amount and r.date > a.date and r.date <= $as_of
  )
