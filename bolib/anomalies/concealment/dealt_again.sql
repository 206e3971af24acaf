/*
id: CON-02
title: Which deals were cancelled before their confirmation and dealt again?
rule: C3.cancel.rebook
severity: MAJOR
key: trade_id, twin
amount: net_amount
date: cancelled_on
owner: trade
needs: [trades]
thresholds: {within_days: 3, looked_back_days: 10}
message: "{trade_id}: {side} {quantity} {isin} in {book}, cancelled by {cancelled_by} {cancelled_at} before {counterparty} confirmed it, and dealt again as {twin} {again_at}, to settle {again_settlement_date} instead of {settlement_date}."
*/
select
    c.trade_id, a.trade_id as twin, c.book, c.trader, c.isin, c.side, c.quantity, c.price, a.price as price_again,
    c.net_amount, c.currency, c.counterparty, a.counterparty as counterparty_again, c.settlement_date,
    a.settlement_date as again_settlement_date, c.entered_by as cancelled_by, c.entered_at as cancelled_at,
    cast(c.entered_at as date) as cancelled_on, a.first_entered_at as again_at, c.explanation, c.source_file, c.source_line,
    a.source_file as again_file, a.source_line as again_line
from fo_deals c
join replaced_versions v on v.trade_id = c.trade_id and v.version = c.version
join trades b on b.trade_id = c.trade_id and b.version = v.before
join fo_deals a on a.trader = c.trader and a.book = c.book and a.isin = c.isin and a.side = c.side
    and a.quantity = c.quantity and a.trade_id <> c.trade_id and a.first_entered_at >= c.entered_at
join target_days now on now.date = $as_of
join target_days gone on gone.date = cast(c.entered_at as date)
join target_days again on again.date = cast(a.first_entered_at as date)
where c.action = 'CANCEL' and (b.confirmed_at is null or b.confirmed_at > c.entered_at) and a.action <> 'CANCEL'
    and now.day - gone.day < $looked_back_days and again.day - gone.day <= $within_days
