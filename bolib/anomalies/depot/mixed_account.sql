/*
id: DEPOT-03
title: Which accounts hold clients' securities together with the bank's own?
rule: C3.client.assets
severity: CRITICAL
key: account
owner: account
needs: [client_positions, account_books]
message: "{account} holds for {clients} clients and for the bank's own book {book}: clients' securities must be apart."
*/
select a.account, a.book, c.clients
from account_books a
join (
    -- as the bank's record of the account last said: what clients held in it once is no breach of today
    select p.custody_account, count(distinct p.client_account) as clients
    from client_positions p
    join (
        select custody_account, max(date) as date
        from client_positions
        where date <= $as_of and (known_at is null or cast(known_at as date) <= $as_of)
        group by custody_account
    ) l on l.custody_account = p.custody_account and l.date = p.date
    where p.quantity <> 0 and (p.known_at is null or cast(p.known_at as date) <= $as_of)
    group by p.custody_account
) c on c.custody_account = a.account
