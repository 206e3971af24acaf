/* view: the components of each day as that evening knew it, from the attribution kernel and late knowledge. */
with today as (
    select a.* from attributed a join evenings e on e.isin = a.isin and e.state = a.state and e.day = a.day
    where a.day > (select min(day) from pnl_days)
)
select isin, book, day, 'PRICE' as component, price_effect as amount from today where price_effect <> 0
union all select isin, book, day, 'CARRY', carry from today where carry <> 0
union all select isin, book, day, 'FX', fx from today where fx <> 0
union all select isin, book, day, 'NEW', new from today where new <> 0
union all select isin, book, day, 'FEES', fees from today where fees <> 0
union all select isin, book, day, 'TAXES', taxes from today where taxes <> 0
union all select isin, book, day, 'DIVIDEND', dividend from today where dividend <> 0
union all select isin, book, day, 'CORPORATE_ACTION', corporate_action from today where corporate_action <> 0
union all select isin, book, day, component, total from late_results where total <> 0
