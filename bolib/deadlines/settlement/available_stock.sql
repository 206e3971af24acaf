/* view: what the custodian last stated as available, in the pool of the oldest delivery that waits for it: stock of an
   account counts once, at one depository. */
select w.pool, c.quantity
from custody_positions c
join (
    select account, max(date) as date
    from custody_positions
    where balance_type = 'AVAI' and date <= $as_of
    group by account
) last on last.account = c.account and last.date = c.date
join securities_wanted w on w.account = c.account and w.isin = c.isin and w.rank = 1
where c.balance_type = 'AVAI'
