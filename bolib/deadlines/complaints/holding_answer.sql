/*
id: COMPL-14
title: Which holding answers give no reason, no final date, or one that is too late?
rule: F-02.holding
severity: MAJOR
key: complaint_id
amount: amount
date: holding_answer_on
owner: complaint
needs: [complaints]
message: "{complaint_id} ({channel}): the holding answer of {holding_answer_on} {lacks}; the final answer is due {due_date} at the latest ({arithmetic})."
*/
select
    c.complaint_id, c.customer_id, c.channel, c.subject, c.received_on, c.holding_answer_on, c.holding_reason,
    c.holding_until, d.due_date, d.arithmetic, c.amount, c.currency, c.source_file, c.source_line,
    case
        when c.holding_reason is null and c.holding_until is null then 'is recorded without a reason and a final date'
        when c.holding_reason is null then 'is recorded without a reason'
        when c.holding_until is null then 'is recorded without a final date'
        else 'announces a day that is too late'
    end as lacks
from complaints c
join deadlines d on d.object_type = 'complaint' and d.key = c.complaint_id and d.rule = 'F-02.final'
where c.holding_answer_on <= $as_of and (c.answered_on is null or c.answered_on > $as_of)
    and (c.holding_reason is null or c.holding_until is null or c.holding_until > d.due_date)
    and (c.known_at is null or cast(c.known_at as date) <= $as_of)
