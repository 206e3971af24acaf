/*
id: SUS-04
title: On which suspense accounts does each item clear the one before?
rule: C2.suspense.turning
severity: MAJOR
key: account
amount: largest
currency: EUR
date: last_date
owner: account
thresholds: {least: 3}
needs: [journal]
message: "{account}: {handovers} items were cleared just as another of about the same amount opened, up to {largest}, last {last_item} by {last_next} on {last_date}."
*/
select
    account, count(distinct item) as handovers, max(abs(amount)) as largest, max(letter_date) as last_date,
    max(item) as last_item, max(next_item) as last_next, min(source_file) as source_file, min(source_line) as source_line
from suspense_handovers
group by account
having count(distinct item) >= $least
