/* view: what each deal brings to a book: units and cash in the instrument's currency, received positive.
   An own-book transfer brings units to one book and takes them from another; its cash is its value. */
with signed as (
    select
        d.state, d.isin, d.book, d.from_book, d.day, d.trade_id, d.version, d.trade_date, d.traded_at,
        d.price, d.source_file, d.source_line,
        case d.side when 'BUY' then d.quantity else -d.quantity end as quantity,
        case d.side when 'BUY' then -d.gross_amount else d.gross_amount end as gross,
        case d.side when 'BUY' then -coalesce(d.accrued_interest, 0) else coalesce(d.accrued_interest, 0) end as accrued,
        -d.fees as fees, -d.taxes as taxes
    from known_deals d
),
moves as (
    select 'TRADE' as kind, state, isin, book, day, trade_id, version, trade_date, traded_at, price,
           quantity, gross, accrued, fees, taxes, source_file, source_line
    from signed where from_book is null
    union all
    select 'TRANSFER_IN' as kind, state, isin, book, day, trade_id, version, trade_date, traded_at, price,
           quantity, cast(0 as decimal(18,2)) as gross, cast(0 as decimal(18,2)) as accrued, fees, taxes, source_file, source_line
    from signed where from_book is not null
    union all
    select 'TRANSFER_OUT' as kind, state, isin, from_book as book, day, trade_id, version, trade_date, traded_at, price,
           -quantity as quantity, cast(0 as decimal(18,2)) as gross, cast(0 as decimal(18,2)) as accrued,
           cast(0 as decimal(18,2)) as fees, cast(0 as decimal(18,2)) as taxes, source_file, source_line
    from signed where from_book is not null
    union all
    select 'OPEN' as kind, s.state, s.isin, o.book, f.day, o.trade_id, cast(0 as bigint) as version,
           o.opened_on as trade_date, timestamp '1900-01-01 00:00:00' as traded_at,
           cast(null as decimal(18,8)) as price, o.quantity,
           cast(0 as decimal(18,2)) as gross, cast(0 as decimal(18,2)) as accrued,
           cast(0 as decimal(18,2)) as fees, cast(0 as decimal(18,2)) as taxes, o.source_file, o.source_line
    from opening_lots o join states s on s.isin = o.isin join first_day f on f.day is not null
)
select
    m.kind, m.state, m.isin, m.book, b.currency, m.day, m.trade_id, m.version, m.trade_date, m.traded_at,
    m.price as dealt_price, m.quantity,
    cast(m.gross as decimal(18,2)) as gross, cast(m.accrued as decimal(18,2)) as accrued_cash,
    cast(m.fees as decimal(18,2)) as fees, cast(m.taxes as decimal(18,2)) as taxes,
    k.price, k.accrued, k.multiplier, k.divisor, k.rate, k.book_rate, m.source_file, m.source_line
from moves m
join books b on b.book = m.book
join marks k on k.isin = m.isin and k.state = m.state and k.day = m.day and k.currency = b.currency
