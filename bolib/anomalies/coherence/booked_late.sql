/*
id: COH-20
title: Which deals did the back office record after the close of the day the front office did?
rule: C3.booking.cutoff
severity: MINOR
key: trade_id
amount: net_amount
date: dealt_on
owner: trade
needs: [trades, bookings]
thresholds: {looked_back_days: 10}
message: "{trade_id} version {version}: entered by the front office {entered_at}, by the back office {booked_at} ({booked_by})."
*/
select
    f.trade_id, f.version, f.book, f.isin, f.side, f.quantity, f.net_amount, f.currency, f.entered_at,
    cast(f.entered_at as date) as dealt_on, b.entered_at as booked_at, b.entered_by as booked_by, f.source_file,
    f.source_line, b.source_file as booking_file, b.source_line as booking_line
from fo_deals f
join bo_deals b on b.trade_id = f.trade_id and b.version = f.version
join target_days now on now.date = $as_of
join target_days dealt on dealt.date = cast(f.entered_at as date)
join target_days booked on booked.date = cast(b.entered_at as date)
where booked.day > dealt.day and now.day - booked.day < $looked_back_days
