/*
id: COMPL-13
title: Behind which complaints is something still to be put right?
rule: F.linked
severity: MINOR
key: complaint_id
amount: amount
date: received_on
owner: complaint
needs: [complaints]
message: "{complaint_id}: the {behind} {behind_key} behind it is still to be put right ({behind_state}); the answer is due {due_date}."
*/
select
    complaint_id, customer_id, subject, received_on, amount, currency, behind, behind_key, behind_state, due_date,
    source_file, source_line
from complaint_work
where broken
