/*
id: CON-08
title: Which deals were made, entered or approved in the name of someone on leave?
rule: C3.leave.used
severity: CRITICAL
key: trade_id, version
amount: net_amount
date: entered_on
owner: trade
needs: [trades, absences]
thresholds: {looked_back_days: 10}
message: "{trade_id} version {version}: {action} {side} {quantity} {isin} in {book}, {role} {person} {entered_at}, who was on leave from {from_date} to {to_date}."
*/
select
    t.trade_id, t.version, t.action, t.book, t.trader, t.isin, t.side, t.quantity, t.net_amount, t.currency, t.entered_by,
    t.approved_by, t.entered_at, cast(t.entered_at as date) as entered_on, a.person, a.from_date, a.to_date,
    case when a.person = t.entered_by then 'entered by' when a.person = t.approved_by then 'approved by' else 'dealt by' end
        as role,
    t.source_file, t.source_line
from trades t
join absences a on a.person = t.entered_by or a.person = t.approved_by or a.person = t.trader
join target_days now on now.date = $as_of
join target_days entered on entered.date = cast(t.entered_at as date)
where now.day - entered.day < $looked_back_days and cast(coalesce(t.known_at, t.entered_at) as date) <= $as_of
    and (
        a.person in (t.entered_by, coalesce(t.approved_by, '')) and cast(t.entered_at as date) between a.from_date and a.to_date
        or a.person = t.trader and t.version = 1 and t.trade_date between a.from_date and a.to_date
    )
