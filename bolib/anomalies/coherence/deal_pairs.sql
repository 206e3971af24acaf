/* view: deals of which both offices hold the same version, and not with the same words: what each wrote. */
select
    f.trade_id, f.version, f.action, f.book, f.isin, f.side, f.quantity, f.price, f.currency, f.trade_date,
    f.settlement_date, f.counterparty, f.from_book, f.accrued_interest, f.gross_amount, f.net_amount, f.trader,
    f.venue, f.pset_bic, f.order_id, f.fees, f.taxes, f.traded_at, b.action as booked_action,
    b.book as booked_book, b.isin as booked_isin, b.side as booked_side, b.quantity as booked_quantity,
    b.price as booked_price, b.currency as booked_currency, b.trade_date as booked_trade_date,
    b.settlement_date as booked_settlement_date, b.counterparty as booked_counterparty,
    b.from_book as booked_from_book, b.accrued_interest as booked_accrued_interest,
    b.gross_amount as booked_gross_amount, b.net_amount as booked_net_amount, b.trader as booked_trader,
    b.venue as booked_venue, b.pset_bic as booked_pset_bic, b.order_id as booked_order_id, b.fees as booked_fees,
    b.taxes as booked_taxes, b.traded_at as booked_traded_at, f.source_file, f.source_line,
    b.source_file as booking_file, b.source_line as booking_line
from fo_deals f
join bo_deals b on b.trade_id = f.trade_id and b.version = f.version
where f.action <> b.action or f.book <> b.book or f.isin <> b.isin or f.side <> b.side or f.quantity <> b.quantity
    or f.price <> b.price or f.currency <> b.currency or f.trade_date <> b.trade_date
    or f.settlement_date <> b.settlement_date or f.counterparty <> b.counterparty
    or f.gross_amount <> b.gross_amount or f.net_amount <> b.net_amount or coalesce(f.from_book, '') <> coalesce(b.from_book, '')
    or coalesce(f.accrued_interest, -1) <> coalesce(b.accrued_interest, -1) or coalesce(f.trader, '') <> coalesce(b.trader, '')
    or coalesce(f.venue, '') <> coalesce(b.venue, '') or coalesce(f.pset_bic, '') <> coalesce(b.pset_bic, '')
    or coalesce(f.order_id, '') <> coalesce(b.order_id, '') or f.fees <> b.fees or f.taxes <> b.taxes
    or f.traded_at <> b.traded_at
