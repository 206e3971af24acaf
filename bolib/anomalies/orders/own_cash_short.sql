/*
id: ORD-11
title: In which currency will our accounts not hold what is to be paid?
rule: C3.cash.cover
severity: CRITICAL
key: currency
amount: missing
date: due_on
owner: account
needs: [statements, settlements]
thresholds: {looked_ahead_days: 2}
message: "{currency}: {balance} on {accounts} account(s), the first {account}, stated {stated_on}; by {due_on} {paid} is to be paid ({payments} payment(s), the largest {largest}) and {received} surely comes in: {missing} short."
*/
-- the first evening on which it does not, and the largest payment of the days looked at
select
    a.currency, b.balance, b.accounts, b.account, b.stated_on, due.date as due_on, a.paid, a.received, a.payments,
    top.what || ' ' || top.reference as largest, cast(a.paid - a.received - b.balance as decimal(18,2)) as missing,
    b.source_file, b.source_line
from (
    select c.currency, min(c.due_day) as due_day
    from cash_ahead c
    join own_balances o on o.currency = c.currency and o.balance + c.received < c.paid
    join target_days now on now.date = $as_of
    where c.due_day - now.day <= $looked_ahead_days
    group by c.currency
) short
join cash_ahead a on a.currency = short.currency and a.due_day = short.due_day
join own_balances b on b.currency = short.currency
join target_days due on due.day = short.due_day and due.open
join (
    select d.*, row_number() over (partition by d.currency order by d.amount desc, d.reference) as place
    from cash_due d
    join target_days now on now.date = $as_of
    where d.paid and d.due_day - now.day <= $looked_ahead_days
) top on top.currency = short.currency and top.place = 1
