/*
id: CON-07
title: Which traders have taken no leave for too long?
rule: C3.leave
severity: MINOR
key: trader
date: since
owner: trade
needs: [trades, absences]
thresholds: {most_days: 120, leave_days: 5, active_days: 20}
message: "{trader} has dealt since {since} without {leave_days} business days of leave in a row; business days: {days_without}, of them with deals: {days_dealt}."
*/
select
    d.trader, d.since, now.day - first.day as days_without, d.days_dealt, cast($leave_days as bigint) as leave_days
from (
    select f.trader, coalesce(max(l.until), min(f.trade_date)) as since, count(distinct f.trade_date) as days_dealt
    from fo_deals f
    left join (
        select a.person, max(a.to_date) as until
        from absences a
        join target_days b on b.date = a.from_date
        join target_days e on e.date = a.to_date
        where a.from_date <= $as_of and e.day - b.day + 1 >= $leave_days
        group by a.person
    ) l on l.person = f.trader
    where f.action <> 'CANCEL' and (l.until is null or f.trade_date > l.until)
    group by f.trader
) d
join target_days now on now.date = $as_of
join target_days first on first.date = d.since
where now.day - first.day > $most_days and d.days_dealt >= $active_days
