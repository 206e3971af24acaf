/*
id: COH-06
title: Which deals were recorded after the day they were made, late or without a reason?
rule: C3.booking.late
severity: MINOR
key: trade_id
amount: net_amount
date: entered_on
owner: trade
needs: [trades]
thresholds: {unexplained_days: 0, explained_days: 5, looked_back_days: 10}
message: "{trade_id}: dealt {trade_date}, entered {first_entered_at} by {entered_by}, business days later: {days_late}; reason given: {explanation}."
*/
select
    f.trade_id, f.book, f.trader, f.isin, f.side, f.quantity, f.net_amount, f.currency, f.trade_date,
    f.first_entered_at, cast(f.first_entered_at as date) as entered_on, f.entered_by, f.explanation,
    entered.day - dealt.day as days_late, f.source_file, f.source_line
from fo_deals f
join target_days now on now.date = $as_of
join target_days entered on entered.date = cast(f.first_entered_at as date)
left join target_days dealt on dealt.date = f.trade_date
where f.trade_date < entered.date and now.day - entered.day < $looked_back_days
    and (
        dealt.day is null or entered.day - dealt.day > $explained_days
        or entered.day - dealt.day > $unexplained_days and f.explanation is null
    )
