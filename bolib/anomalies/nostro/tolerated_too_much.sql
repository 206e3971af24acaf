/*
id: NOSTRO-06
title: On which accounts were more differences accepted in a day than the cap allows?
rule: RECO.cap
severity: MAJOR
key: account, currency, date
amount: accepted
date: date
owner: account
needs: [statement_lines, ledger_lines]
thresholds: {cap: 5, looked_back_days: 20}
message: "{account}: {lines} differences of {accepted} {currency} in all were accepted on {date}; the cap is {cap}."
*/
select t.account, t.currency, t.date, t.lines, t.accepted, t.cap, t.source_file, t.source_line
from (select *, coalesce(own_cap, cast($cap as decimal(18,2))) as cap from tolerated_days) t
join target_days now on now.date = $as_of
join target_days day on day.date = t.date
where t.accepted > t.cap and now.day - day.day <= $looked_back_days
