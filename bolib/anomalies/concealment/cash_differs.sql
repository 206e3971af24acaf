/*
id: CON-10
title: For which deals is the cash that moved not what the deal says?
rule: C3.cash.net
severity: MAJOR
key: trade_id, entry_id
amount: difference
date: booking_date
owner: trade
needs: [trades, ledger_lines]
thresholds: {cash_tolerance: 2}
message: "{trade_id} ({action} {side}): {booked} {currency} moved by {booking_date} (ledger lines: {lines}, the last {entry_id}); the deal says {expected}."
*/
select
    l.trade_id, l.entry_id, f.book, f.trader, f.isin, f.side, f.action, f.quantity, l.booked, e.expected,
    cast(l.booked - e.expected as decimal(18,2)) as difference, l.currency, l.lines, l.booking_date, f.settlement_date,
    f.source_file, f.source_line
from (
    select
        trade_id, currency, max(entry_id) as entry_id, max(booking_date) as booking_date, count(*) as lines,
        cast(sum(amount) as decimal(18,2)) as booked
    from ledger_lines
    where trade_id is not null and booking_date <= $as_of
    group by trade_id, currency
) l
join fo_deals f on f.trade_id = l.trade_id
join (
    select trade_id, case when action = 'CANCEL' then cast(0 as decimal(18,2)) when side = 'BUY' then -net_amount
        else net_amount end as expected
    from fo_deals
) e on e.trade_id = l.trade_id
where l.currency <> f.currency or abs(l.booked - e.expected) > $cash_tolerance
