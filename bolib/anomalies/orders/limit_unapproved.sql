/*
id: ORD-09
title: Which limits in force did nobody approve, or the person they bind?
rule: C3.limit.approved
severity: MAJOR
key: subject, kind, valid_from
amount: amount
date: valid_from
owner: trade
needs: [limits]
message: "{subject}: limit {kind} of {amount} {currency} since {valid_from}, {why}."
*/
select
    subject, kind, valid_from, valid_to, amount, currency, approved_by,
    case when approved_by is null then 'approved by nobody' else 'approved by the person it binds' end as why, source_file,
    source_line
from limit_spans
where valid_from <= $as_of and (valid_to is null or $as_of <= valid_to) and (next_from is null or $as_of < next_from)
    and (approved_by is null or approved_by = subject)
