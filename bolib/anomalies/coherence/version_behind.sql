/*
id: COH-04
title: For which deals do the two offices hold different versions?
rule: C3.version.behind
severity: MAJOR
key: trade_id
amount: net_amount
date: entered_on
owner: trade
needs: [trades, bookings]
message: "{trade_id}: version {version} ({action}) in the front office, {booked_version} ({booked_action}) in the back office{aside}."
*/
select
    f.trade_id, f.version, f.action, b.version as booked_version, b.action as booked_action, f.book, f.isin, f.side,
    f.quantity, f.price, f.net_amount, b.net_amount as booked_net_amount, f.currency,
    cast(case when f.version > b.version then f.entered_at else b.entered_at end as date) as entered_on,
    f.entered_by, f.entered_at, f.explanation, f.source_file, f.source_line, b.source_file as booking_file,
    b.source_line as booking_line, coalesce('; a record of it was set aside: ' || a.record, '') as aside
from fo_unpaired f
join bo_unpaired b on b.trade_id = f.trade_id
left join deals_set_aside a on a.trade_id = f.trade_id
    and a.office = case when f.version > b.version then 'bookings' else 'trades' end
