/*
id: PNL-12
title: Which results come without a position?
rule: PC.unusual
severity: MAJOR
key: book, isin
amount: amount
date: date
owner: book
needs: [trades, prices]
thresholds: {floor: 100}
message: "{book}: {amount} {currency} on {isin}, of which it holds nothing and dealt nothing today."
*/
with today as (
    select date, book, isin, currency, cast(sum(amount) as decimal(18,2)) as amount
    from pnl_lines where date = $as_of and isin is not null group by date, book, isin, currency
)
select t.date, t.book, t.isin, t.currency, t.amount
from today t
left join positions p on p.book = t.book and p.isin = t.isin
left join (select distinct book, isin from trades where trade_date = $as_of) d on d.book = t.book and d.isin = t.isin
where p.isin is null and d.isin is null and abs(t.amount) > $floor
