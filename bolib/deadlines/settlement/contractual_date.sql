/*
id: SETTLE-03
title: Which deals on a venue were agreed to settle later than its cycle allows?
rule: A-01
severity: MAJOR
key: trade_id
amount: net_amount
date: trade_date
owner: trade
needs: [trades]
message: "{trade_id}: dealt on {venue} on {trade_date}, to settle on {settlement_date}, later than {latest} ({applied}: {arithmetic})."
*/
select
    t.trade_id, t.version, t.book, t.isin, t.side, t.quantity, t.net_amount, t.currency, t.venue, t.trade_date,
    t.settlement_date, c.latest, c.applied, c.arithmetic, t.source_file, t.source_line
from known_trades t
join contractual_dates c on c.venue = t.venue and c.trade_date = t.trade_date
where t.settlement_date > c.latest
