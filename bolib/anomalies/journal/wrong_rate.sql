/*
id: JRN-29
title: Which entries are not in euro what their currency makes at the rate of the day?
rule: C2.entry.rate
severity: MAJOR
key: journal_code, entry_no, currency
amount: apart
currency: EUR
date: entry_date
owner: journal
needs: [journal, fx_rates]
thresholds: {percent: 3, floor: 5}
message: "{journal_code} {entry_no} of {entry_date}: {booked} EUR booked for {gross} {currency}, {in_euros} at the rate {rate} of the day: {apart} apart on {lines} line(s), the first on {account}."
*/
select
    a.journal_code, a.entry_no, j.currency, min(j.entry_date) as entry_date, min(j.event_id) as event_id,
    min(a.rate) as rate, min(j.account) as account, count(*) as lines, cast(sum(a.gross) as decimal(18,2)) as gross, cast(sum(a.booked) as decimal(18,2)) as booked,
    cast(sum(a.in_euro) as decimal(18,2)) as in_euros, cast(sum(abs(a.booked - a.in_euro)) as decimal(18,2)) as apart,
    min(j.source_file) as source_file, min(j.source_line) as source_line
from foreign_apart a
join journal j on j.journal_code = a.journal_code and j.entry_no = a.entry_no and j.line_no = a.line_no
where abs(a.booked - a.in_euro) > $floor and abs(a.booked - a.in_euro) * 100 > a.in_euro * $percent
group by a.journal_code, a.entry_no, j.currency
