/*
id: SUS-03
title: Which suspense accounts keep their balance while their items change?
rule: C2.suspense.turning
severity: MAJOR
key: account
amount: least
currency: EUR
date: first_day
owner: account
thresholds: {days: 15, floor: 10000}
needs: [journal]
message: "{account} {account_label} has held at least {least} on one side on each of the last {days} days of balance, {turned} went through it, and no item is older than {oldest} days."
*/
select
    b.account, b.account_label, b.days, b.least, b.turned, b.first_day, coalesce(p.oldest, 0) as oldest
from (
    select
        r.account, min(r.account_label) as account_label, count(*) as days, min(abs(r.closing)) as least,
        min(r.closing) as lowest, max(r.closing) as highest, min(r.date) as first_day,
        cast(sum(r.debit + r.credit) as decimal(18,2)) as turned
    from (
        select b.*, row_number() over (partition by b.account order by b.date desc) as place
        from account_balances b
        where b.kind = 'SUSPENSE' and b.date <= $as_of
    ) r
    where r.place <= $days
    group by r.account
) b
join suspense_proof p on p.account = b.account
join item_ages a on a.date = b.first_day
where b.days = $days and b.least >= $floor and (b.lowest > 0 or b.highest < 0) and b.turned >= b.least * 2
    and p.oldest < a.age_days and p.opening = 0
