/*
id: CARD-04
title: Which cash machines do not count?
rule: E2.atm.count
severity: MAJOR
key: atm, date
amount: gap
date: date
owner: atm
needs: [atm_counts]
thresholds: {tolerated: 0, looked_back_days: 20}
message: "{atm} on {date}: opening {opening} + loaded {loaded} - dispensed {dispensed} = {expected}, counted {counted}; the count before was {counted_before}. {gap} {currency} to explain."
*/
select
    m.atm, m.date, m.opening, m.loaded, m.dispensed, m.expected, m.counted, m.counted_before, m.currency,
    case when abs(m.difference) > $tolerated then m.difference else m.opening - m.counted_before end as gap,
    m.source_file, m.source_line
from counted_cash m
join target_days now on now.date = $as_of
join target_days counted on counted.date = m.date
where (abs(m.difference) > $tolerated or abs(m.opening - m.counted_before) > $tolerated)
    and now.day - counted.day <= $looked_back_days
