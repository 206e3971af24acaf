/*
id: JRN-29
title: Which entries are not in euro what their currency makes at the rate of the day?
rule: C2.entry.rate
severity: MAJOR
key: journal_code, entry_no
amount: apart
currency: EUR
date: entry_date
owner: journal
needs: [journal, fx_rates]
thresholds: {percent: 3, floor: 5}
message: "{journal_code} {entry_no} of {entry_date}: {booked} EUR booked for {gross} {currency}, {in_euros} at the rate {rate} of the day: {apart} apart on {lines} line(s), the first on {account}."
*/
select
    journal_code, entry_no, entry_date, event_id, currency, min(rate) as rate, min(account) as account,
    count(*) as lines, cast(sum(gross) as decimal(18,2)) as gross, cast(sum(booked) as decimal(18,2)) as booked,
    cast(sum(in_euro) as decimal(18,2)) as in_euros, cast(sum(booked - in_euro) as decimal(18,2)) as apart,
    min(source_file) as source_file, min(source_line) as source_line
from foreign_apart
where abs(booked - in_euro) > $floor and abs(booked - in_euro) * 100 > in_euro * $percent
group by journal_code, entry_no, entry_date, event_id, currency
