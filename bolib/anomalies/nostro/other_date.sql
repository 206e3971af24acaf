/*
id: NOSTRO-04
title: Which movements were booked on another day than the correspondent's?
rule: C-13
severity: MINOR
key: key
amount: amount
date: date
owner: account
needs: [statement_lines, ledger_lines]
thresholds: {tolerated_days: 0, looked_back_days: 20}
message: "{key}: {amount} {currency} with value {date}, theirs {their_date} ({their_key}): {days} business days apart."
*/
select
    o.key, o.account, o.currency, o.amount, o.date, t.date as their_date, t.key as their_key, o.reference, o.party,
    abs(theirs.day - ours.day) as days, o.source_file, o.source_line, t.source_file as statement_file,
    t.source_line as statement_line
from nostro_matches a
join nostro_ours o on o.key = a.key
join nostro_matches b on b.match_id = a.match_id and b.side = 'RIGHT'
join nostro_theirs t on t.key = b.key
join target_days ours on ours.date = o.date
join target_days theirs on theirs.date = t.date
join target_days now on now.date = $as_of
where a.side = 'LEFT' and a.status = 'AUTO' and a.pass in ('REFERENCE_DATES', 'REFERENCE_AMOUNT', 'AMOUNT')
    and abs(theirs.day - ours.day) > $tolerated_days and now.day - theirs.day <= $looked_back_days
