/*
id: COH-10
title: Where do front and back office differ in what does not change the economics of a deal?
rule: C-24.other
severity: MINOR
key: trade_id
amount: net_amount
date: trade_date
owner: trade
needs: [trades, bookings]
message: "{trade_id} version {version} differs in{fields}: front office {venue}, {pset_bic}, fees {fees}, taxes {taxes}, order {order_id}; back office {booked_venue}, {booked_pset_bic}, fees {booked_fees}, taxes {booked_taxes}, order {booked_order_id}."
*/
select *
from (
    select
        trade_id, version, book, isin, side, quantity, net_amount, currency, trade_date, trader, venue, pset_bic, fees,
        taxes, order_id, traded_at, booked_trader, booked_venue, booked_pset_bic, booked_fees, booked_taxes,
        booked_order_id, booked_traded_at,
        case when coalesce(trader, '') <> coalesce(booked_trader, '') then ' trader' else '' end
            || case when coalesce(venue, '') <> coalesce(booked_venue, '') then ' venue' else '' end
            || case when coalesce(pset_bic, '') <> coalesce(booked_pset_bic, '') then ' pset_bic' else '' end
            || case when fees <> booked_fees then ' fees' else '' end
            || case when taxes <> booked_taxes then ' taxes' else '' end
            || case when coalesce(order_id, '') <> coalesce(booked_order_id, '') then ' order_id' else '' end
            || case when traded_at <> booked_traded_at then ' traded_at' else '' end as fields,
        source_file, source_line, booking_file, booking_line
    from deal_pairs
) compared
where length(fields) > 0
