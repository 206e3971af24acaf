/*
id: DEPOT-05
title: Which accounts cannot be compared, as a book of theirs is held elsewhere too?
rule: C-13
severity: MINOR
key: account
owner: account
needs: [account_books, custody_positions]
message: "{account} shares a book with another account: what of it is held here is not known, and is not compared."
*/
select u.account
from depot_unlinked u
join (select distinct account from custody_positions where date <= $as_of) c on c.account = u.account
