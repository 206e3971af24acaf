/*
id: RECOV-13
title: Which borrowers have stood in the FICP for longer than the law allows?
rule: D-24.kept
severity: CRITICAL
key: loan_id
amount: amount
date: due_date
owner: loan
needs: [loans, collection_steps]
thresholds: {looked_back_days: 20}
message: "{loan_id} of {customer_id}: declared on {trigger_date}; the record ends by {due_date}: {state} ({arithmetic})."
*/
select
    d.key as loan_id, l.customer_id, d.amount, d.currency, d.trigger_date, d.due_date, d.arithmetic, d.done_on,
    case when d.done_on is null then 'still there' else 'taken out too late, on ' || cast(d.done_on as string) end
        as state,
    l.source_file, l.source_line
from deadlines d
join loans l on l.loan_id = d.key
join target_days now on now.date = $as_of
left join target_days done on done.date = d.done_on
where d.object_type = 'loan' and d.rule = 'D-24.kept'
    and (d.status = 'OVERDUE' or d.status = 'LATE' and now.day - done.day <= $looked_back_days)
