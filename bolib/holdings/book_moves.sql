/* view: what moved in each book, by day of deal and contractual settlement; lots of the opening come before any deal. */
select isin, account, book, trade_date, settlement_date, cast(sum(quantity) as decimal(18,6)) as quantity
from (
    select o.isin, b.account, o.book, date '1900-01-01' as trade_date, date '1900-01-01' as settlement_date, o.quantity
    from opening_lots o
    join book_accounts b on b.book = o.book
    union all
    select
        t.isin, b.account, t.book, t.trade_date, t.settlement_date,
        case t.side when 'BUY' then t.quantity else -t.quantity end as quantity
    from known_trades t
    join book_accounts b on b.book = t.book
    union all
    select
        t.isin, b.account, t.from_book as book, t.trade_date, t.settlement_date,
        case t.side when 'BUY' then -t.quantity else t.quantity end as quantity
    from known_trades t
    join book_accounts b on b.book = t.from_book
) moves
group by isin, account, book, trade_date, settlement_date
