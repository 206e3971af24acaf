/* view: what the bank holds for its clients in each account, as its own record last said by each evening. */
select e.account, e.evening, c.isin, cast(sum(c.quantity) as decimal(18,6)) as quantity
from (
    select e.account, e.evening, max(c.date) as date
    from depot_evenings e
    join client_positions c on c.custody_account = e.account and c.date <= e.evening
        and (c.known_at is null or cast(c.known_at as date) <= $as_of)
    group by e.account, e.evening
) e
join client_positions c on c.custody_account = e.account and c.date = e.date
    and (c.known_at is null or cast(c.known_at as date) <= $as_of)
group by e.account, e.evening, c.isin
