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
    select custody_account, count(distinct client_account) as clients
    from client_positions
    where date <= $as_of and quantity <> 0
    group by custody_account
) c on c.custody_account = a.account
