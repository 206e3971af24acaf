/*
id: COH-03
title: Where do front and back office record the same deal differently?
rule: C-24
severity: CRITICAL
key: trade_id
amount: net_amount
date: trade_date
owner: trade
needs: [trades, bookings]
thresholds: {cash_tolerance: 2}
message: "{trade_id} version {version} differs in{fields}: front office {side} {quantity} {isin} at {price}, net {net_amount}, settles {settlement_date}, {book} with {counterparty}; back office {booked_side} {booked_quantity} {booked_isin} at {booked_price}, net {booked_net_amount}, settles {booked_settlement_date}, {booked_book} with {booked_counterparty}."
*/
select *
from (
    select
        f.trade_id, f.version, f.book, f.isin, f.side, f.quantity, f.price, f.net_amount, f.currency, f.trade_date,
        f.settlement_date, f.counterparty, b.book as booked_book, b.isin as booked_isin, b.side as booked_side,
        b.quantity as booked_quantity, b.price as booked_price, b.net_amount as booked_net_amount,
        b.settlement_date as booked_settlement_date, b.counterparty as booked_counterparty,
        case when f.action <> b.action then ' action' else '' end
            || case when f.book <> b.book then ' book' else '' end
            || case when f.isin <> b.isin then ' isin' else '' end
            || case when f.side <> b.side then ' side' else '' end
            || case when f.quantity <> b.quantity then ' quantity' else '' end
            || case when f.price <> b.price then ' price' else '' end
            || case when f.currency <> b.currency then ' currency' else '' end
            || case when f.trade_date <> b.trade_date then ' trade_date' else '' end
            || case when f.settlement_date <> b.settlement_date then ' settlement_date' else '' end
            || case when f.counterparty <> b.counterparty then ' counterparty' else '' end
            || case when coalesce(f.from_book, '') <> coalesce(b.from_book, '') then ' from_book' else '' end
            || case when f.accrued_interest is null and b.accrued_interest is null then ''
                 when f.accrued_interest is null or b.accrued_interest is null then ' accrued_interest'
                 when abs(f.accrued_interest - b.accrued_interest) > $cash_tolerance then ' accrued_interest'
                 else '' end
            || case when abs(f.gross_amount - b.gross_amount) > $cash_tolerance then ' gross_amount' else '' end
            || case when abs(f.net_amount - b.net_amount) > $cash_tolerance then ' net_amount' else '' end as fields,
        f.source_file, f.source_line, b.source_file as booking_file, b.source_line as booking_line
    from fo_deals f
    join bo_deals b on b.trade_id = f.trade_id and b.version = f.version
) compared
where length(fields) > 0
