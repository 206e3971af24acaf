/*
id: COH-21
title: Which deals were changed after the counterparty had confirmed them, without a reason or a new confirmation?
rule: C3.confirmed.final
severity: MAJOR
key: trade_id, version
amount: net_amount
date: entered_on
owner: trade
needs: [trades]
thresholds: {unconfirmed_days: 1, looked_back_days: 10}
message: "{trade_id} version {version}: {price_before} x {quantity_before} confirmed {confirmed_before}, changed to {price} x {quantity} by {entered_by} {entered_at}; reason given: {explanation}; confirmed again: {confirmed_at}."
*/
select
    a.trade_id, a.version, a.book, a.trader, a.isin, a.side, b.price as price_before, b.quantity as quantity_before,
    b.confirmed_at as confirmed_before, a.price, a.quantity, a.net_amount, a.currency, a.entered_by, a.entered_at,
    cast(a.entered_at as date) as entered_on, a.explanation, a.confirmed_at, a.source_file, a.source_line,
    b.source_file as before_file, b.source_line as before_line
from trades a
join replaced_versions r on r.trade_id = a.trade_id and r.version = a.version
join trades b on b.trade_id = a.trade_id and b.version = r.before
join target_days now on now.date = $as_of
join target_days entered on entered.date = cast(a.entered_at as date)
where a.action = 'AMEND' and b.confirmed_at < a.entered_at and cast(coalesce(a.known_at, a.entered_at) as date) <= $as_of
    and now.day - entered.day < $looked_back_days
    and (
        a.price <> b.price or a.quantity <> b.quantity or a.side <> b.side or a.isin <> b.isin
        or a.counterparty <> b.counterparty or a.settlement_date <> b.settlement_date
    )
    and (a.explanation is null or a.confirmed_at is null and now.day - entered.day > $unconfirmed_days)
