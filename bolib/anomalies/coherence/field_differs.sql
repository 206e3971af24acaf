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
thresholds: {cash_tolerance: 2, price_tick: 0.00001}
message: "{trade_id} version {version} differs in{fields}: front office {side} {quantity} {isin} at {price}, net {net_amount}, settles {settlement_date}, {book} with {counterparty}; back office {booked_side} {booked_quantity} {booked_isin} at {booked_price}, net {booked_net_amount}, settles {booked_settlement_date}, {booked_book} with {booked_counterparty}."
*/
select *
from (
    select
        trade_id, version, book, isin, side, quantity, price, net_amount, currency, trade_date, settlement_date,
        counterparty, booked_book, booked_isin, booked_side, booked_quantity, booked_price, booked_net_amount,
        booked_settlement_date, booked_counterparty,
        case when action <> booked_action then ' action' else '' end
            || case when book <> booked_book then ' book' else '' end
            || case when isin <> booked_isin then ' isin' else '' end
            || case when side <> booked_side then ' side' else '' end
            || case when quantity <> booked_quantity then ' quantity' else '' end
            || case when abs(price - booked_price) >= $price_tick then ' price' else '' end
            || case when currency <> booked_currency then ' currency' else '' end
            || case when trade_date <> booked_trade_date then ' trade_date' else '' end
            || case when settlement_date <> booked_settlement_date then ' settlement_date' else '' end
            || case when counterparty <> booked_counterparty then ' counterparty' else '' end
            || case when coalesce(from_book, '') <> coalesce(booked_from_book, '') then ' from_book' else '' end
            || case when accrued_interest is null and booked_accrued_interest is null then ''
                 when accrued_interest is null or booked_accrued_interest is null then ' accrued_interest'
                 when abs(accrued_interest - booked_accrued_interest) > $cash_tolerance then ' accrued_interest'
                 else '' end
            || case when abs(gross_amount - booked_gross_amount) > $cash_tolerance then ' gross_amount' else '' end
            || case when abs(net_amount - booked_net_amount) > $cash_tolerance then ' net_amount' else '' end as fields,
        source_file, source_line, booking_file, booking_line
    from deal_pairs
) compared
where length(fields) > 0
