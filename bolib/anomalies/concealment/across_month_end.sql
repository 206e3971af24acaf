/*
id: CON-03
title: Which deals stood at the end of a month and were cancelled after it?
rule: C3.cancel.reporting
severity: MAJOR
key: trade_id
amount: net_amount
date: cancelled_on
owner: trade
needs: [trades]
thresholds: {looked_back_days: 25, within_days: 5}
message: "{trade_id}: {side} {quantity} {isin} in {book}, entered {first_entered_at}, stood on {month_end} and was cancelled by {entered_by} {entered_at}; reason given: {explanation}."
*/
select
    c.trade_id, c.version, c.book, c.trader, c.isin, c.side, c.quantity, c.net_amount, c.currency, c.counterparty,
    c.trade_date, c.first_entered_at, m.date as month_end, c.entered_by, c.entered_at,
    cast(c.entered_at as date) as cancelled_on, c.explanation, c.source_file, c.source_line
from fo_deals c
join target_days now on now.date = $as_of
join target_days gone on gone.date = cast(c.entered_at as date)
join target_days entered on entered.date = cast(c.first_entered_at as date)
join (
    select year(date) as of_year, month(date) as of_month, max(date) as date from target_days where open
    group by year(date), month(date)
) m on m.date >= cast(c.first_entered_at as date) and m.date < cast(c.entered_at as date)
join target_days ended on ended.date = m.date
where c.action = 'CANCEL' and now.day - gone.day < $looked_back_days
    and ended.day - entered.day <= $within_days and gone.day - ended.day <= $within_days
