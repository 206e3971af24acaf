/* view: what moves lots, in order: opening lots, splits, deals and transfers by time, redemptions.
   `amount` is cost or proceeds in the book's currency, fees and taxes included where the book says so. */
with moves as (
    select
        f.state, f.isin, f.book, b.cost_method as method, f.day, 2 as step, f.traded_at, 'TRADE' as kind, f.trade_id,
        f.trade_date as opened_on, f.quantity,
        case when f.quantity > 0 then -(c.cash_gross + case when b.fees_in_cost then c.cash_fees + c.cash_taxes else 0 end)
             else c.cash_gross + case when b.fees_in_cost then c.cash_fees + c.cash_taxes else 0 end end as amount,
        cast(null as varchar(64)) as to_book, cast(0 as decimal(18,2)) as to_amount, cast(null as varchar(4)) as to_method,
        cast(null as decimal(18,6)) as ratio_new, cast(null as decimal(18,6)) as ratio_old
    from flows f
    join books b on b.book = f.book
    join deal_cash c on c.state = f.state and c.isin = f.isin and c.book = f.book and c.trade_id = f.trade_id
        and c.kind = f.kind
    where f.kind = 'TRADE'
    union all
    select
        f.state, f.isin, f.book, b.cost_method, f.day, 0, f.traded_at, 'OPEN', f.trade_id, f.trade_date,
        f.quantity, o.cost, null, 0, null, null, null
    from flows f
    join books b on b.book = f.book
    join opening_lots o on o.book = f.book and o.isin = f.isin and o.trade_id = f.trade_id
    where f.kind = 'OPEN'
    union all
    select
        g.state, g.isin, g.book, b.cost_method, g.day, 2, f.traded_at, 'TRANSFER', g.trade_id, f.trade_date,
        g.quantity, abs(g.clean_value), r.book, abs(r.clean_value), rb.cost_method, null, null
    from transfer_values g
    join transfer_values r on r.state = g.state and r.isin = g.isin and r.trade_id = g.trade_id and r.kind = 'TRANSFER_IN'
    join flows f on f.state = g.state and f.isin = g.isin and f.trade_id = g.trade_id and f.kind = 'TRANSFER_OUT'
    join books b on b.book = g.book
    join books rb on rb.book = r.book
    where g.kind = 'TRANSFER_OUT'
    union all
    select
        state, isin, '', 'FIFO', day, 1, timestamp '1900-01-01 00:00:00', 'SPLIT', ca_id, ex_date,
        cast(0 as decimal(18,6)), cast(0 as decimal(18,2)), null, 0, null,
        case when type = 'BONU' then ratio_old + ratio_new else ratio_new end, ratio_old
    from known_events where type in ('SPLF', 'SPLR', 'BONU')
    union all
    select
        r.state, r.isin, r.book, b.cost_method, r.day, 3, timestamp '1900-01-01 00:00:00', 'REDEEM', r.trade_id, d.date,
        cast(0 as decimal(18,6)), abs(r.market_value), null, 0, null, null, null
    from redemption_values r join books b on b.book = r.book join pnl_days d on d.day = r.day
)
select
    state, isin, book, method, day, kind, trade_id, opened_on, quantity,
    cast(amount as decimal(18,2)) as amount, to_book, cast(to_amount as decimal(18,2)) as to_amount, to_method,
    cast(ratio_new as decimal(18,6)) as ratio_new, cast(ratio_old as decimal(18,6)) as ratio_old,
    row_number() over (partition by state, isin order by day, step, opened_on, traded_at, trade_id, book) as seq
from moves
