/* view: what the two offices do not agree on, one row a deal and field, with its class, whether it blocks the booking,
   and who owns it. Economic fields have no tolerance but the tick of a price and the matching tolerance of cash. */
select
    d.trade_id, d.version, d.class, d.field, d.class <> 'OTHER' as blocking, d.front, d.back, d.book, d.net_amount as amount,
    d.currency, d.trade_date, now.day - dealt.day as age_days, w.owner, w.team
from (
    select
        'ECONOMIC' as class, trade_id, version, 'action' as field, action as front, booked_action as back, net_amount, currency, trade_date, book
    from deal_pairs
    where action <> booked_action
    union all
    select
        'ECONOMIC', trade_id, version, 'book', book, booked_book, net_amount, currency, trade_date, book
    from deal_pairs
    where book <> booked_book
    union all
    select
        'ECONOMIC', trade_id, version, 'isin', isin, booked_isin, net_amount, currency, trade_date, book
    from deal_pairs
    where isin <> booked_isin
    union all
    select
        'ECONOMIC', trade_id, version, 'side', side, booked_side, net_amount, currency, trade_date, book
    from deal_pairs
    where side <> booked_side
    union all
    select
        'ECONOMIC', trade_id, version, 'quantity', cast(quantity as string), cast(booked_quantity as string), net_amount, currency, trade_date, book
    from deal_pairs
    where quantity <> booked_quantity
    union all
    select
        'ECONOMIC', trade_id, version, 'price', cast(price as string), cast(booked_price as string), net_amount, currency, trade_date, book
    from deal_pairs
    where abs(price - booked_price) >= $price_tick
    union all
    select
        'ECONOMIC', trade_id, version, 'currency', currency, booked_currency, net_amount, currency, trade_date, book
    from deal_pairs
    where currency <> booked_currency
    union all
    select
        'ECONOMIC', trade_id, version, 'trade_date', cast(trade_date as string), cast(booked_trade_date as string), net_amount, currency, trade_date, book
    from deal_pairs
    where trade_date <> booked_trade_date
    union all
    select
        'ECONOMIC', trade_id, version, 'settlement_date', cast(settlement_date as string), cast(booked_settlement_date as string), net_amount, currency, trade_date, book
    from deal_pairs
    where settlement_date <> booked_settlement_date
    union all
    select
        'ECONOMIC', trade_id, version, 'counterparty', counterparty, booked_counterparty, net_amount, currency, trade_date, book
    from deal_pairs
    where counterparty <> booked_counterparty
    union all
    select
        'ECONOMIC', trade_id, version, 'from_book', from_book, booked_from_book, net_amount, currency, trade_date, book
    from deal_pairs
    where coalesce(from_book, '') <> coalesce(booked_from_book, '')
    union all
    select
        'ECONOMIC', trade_id, version, 'accrued_interest', cast(accrued_interest as string), cast(booked_accrued_interest as string), net_amount, currency, trade_date, book
    from deal_pairs
    where (accrued_interest is null) <> (booked_accrued_interest is null)
        or abs(accrued_interest - booked_accrued_interest) > $cash_tolerance
    union all
    select
        'ECONOMIC', trade_id, version, 'gross_amount', cast(gross_amount as string), cast(booked_gross_amount as string), net_amount, currency, trade_date, book
    from deal_pairs
    where abs(gross_amount - booked_gross_amount) > $cash_tolerance
    union all
    select
        'ECONOMIC', trade_id, version, 'net_amount', cast(net_amount as string), cast(booked_net_amount as string), net_amount, currency, trade_date, book
    from deal_pairs
    where abs(net_amount - booked_net_amount) > $cash_tolerance
    union all
    select
        'OTHER', trade_id, version, 'trader', trader, booked_trader, net_amount, currency, trade_date, book
    from deal_pairs
    where coalesce(trader, '') <> coalesce(booked_trader, '')
    union all
    select
        'OTHER', trade_id, version, 'venue', venue, booked_venue, net_amount, currency, trade_date, book
    from deal_pairs
    where coalesce(venue, '') <> coalesce(booked_venue, '')
    union all
    select
        'OTHER', trade_id, version, 'pset_bic', pset_bic, booked_pset_bic, net_amount, currency, trade_date, book
    from deal_pairs
    where coalesce(pset_bic, '') <> coalesce(booked_pset_bic, '')
    union all
    select
        'OTHER', trade_id, version, 'order_id', order_id, booked_order_id, net_amount, currency, trade_date, book
    from deal_pairs
    where coalesce(order_id, '') <> coalesce(booked_order_id, '')
    union all
    select
        'OTHER', trade_id, version, 'fees', cast(fees as string), cast(booked_fees as string), net_amount, currency, trade_date, book
    from deal_pairs
    where fees <> booked_fees
    union all
    select
        'OTHER', trade_id, version, 'taxes', cast(taxes as string), cast(booked_taxes as string), net_amount, currency, trade_date, book
    from deal_pairs
    where taxes <> booked_taxes
    union all
    select
        'OTHER', trade_id, version, 'traded_at', cast(traded_at as string), cast(booked_traded_at as string), net_amount, currency, trade_date, book
    from deal_pairs
    where traded_at <> booked_traded_at
    union all
    select
        'MISSING_BACK', f.trade_id, f.version, 'record', 'version ' || cast(f.version as string), null, f.net_amount, f.currency,
        f.trade_date, f.book
    from fo_unpaired f
    where f.booked_version is null and f.action <> 'CANCEL'
    union all
    select
        'MISSING_FRONT', b.trade_id, b.version, 'record', null, 'version ' || cast(b.version as string), b.net_amount, b.currency,
        b.trade_date, b.book
    from bo_unpaired b
    where b.dealt_version is null and b.action <> 'CANCEL'
    union all
    select
        'VERSION', f.trade_id, f.version, 'version', cast(f.version as string) || ' ' || f.action,
        cast(b.version as string) || ' ' || b.action, f.net_amount, f.currency, f.trade_date, f.book
    from fo_unpaired f
    join bo_unpaired b on b.trade_id = f.trade_id
) d
join target_days now on now.date = $as_of
left join target_days dealt on dealt.date = d.trade_date
left join owners w on w.object_type = 'trade' and w.match = '*'
