/*
id: ARREARS-04
title: Which promises to pay were broken?
rule: D-32.promise
severity: MAJOR
key: loan_id
amount: promised_amount
date: promised_on
owner: loan
needs: [loans, instalments, collection_steps]
message: "{loan_id}: {promised_amount} {currency} promised on {done_on} for {promised_on}; {paid_in_time} came in time."
*/
select
    p.loan_id, p.done_on, p.promised_on, p.promised_amount, p.currency, p.paid_in_time, p.source_file, p.source_line
from promises p
join (select loan_id, max(done_on) as last_on from promises group by loan_id) m
    on m.loan_id = p.loan_id and m.last_on = p.done_on
join arrears a on a.loan_id = p.loan_id
where p.promised_on < $as_of and p.kept_on is null and a.amount_past_due > 0
