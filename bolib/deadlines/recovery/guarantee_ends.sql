/*
id: RECOV-12
title: Which guarantees end before their loan?
rule: D.guarantee.expiry
severity: MAJOR
key: guarantee_id
amount: amount
date: expires_on
owner: loan
needs: [guarantees, loans]
thresholds: {warning_days: 60}
message: "{guarantee_id}: {kind} of {amount} {currency} for {loan_id} ends on {expires_on}; {outstanding} is left of the loan, its last instalment due {last_due}."
*/
select
    g.guarantee_id, g.loan_id, g.kind, g.amount, g.currency, g.expires_on, g.outstanding, g.last_due, d.days_left,
    g.source_file, g.source_line
from guarantee_terms g
join deadlines d on d.object_type = 'guarantee' and d.key = g.guarantee_id
where d.done_on is null and d.days_left <= $warning_days
