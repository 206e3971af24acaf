/*
id: ARREARS-06
title: Which suspensions of payment overlap?
rule: D.pause.once
severity: MINOR
key: loan_id, from_date
date: from_date
owner: loan
needs: [pauses]
message: "{loan_id}: a pause from {from_date} to {to_date} ({kind}) begins while the one from {other_from} to {other_to} runs; their days were counted once."
*/
select
    p.loan_id, p.from_date, p.to_date, p.kind, o.from_date as other_from, o.to_date as other_to, p.source_file,
    p.source_line
from pauses p
join pauses o on o.loan_id = p.loan_id and o.from_date < p.from_date and o.to_date >= p.from_date
where p.from_date <= $as_of
