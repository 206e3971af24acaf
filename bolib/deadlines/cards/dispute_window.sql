/*
id: CARD-02
title: Which disputes are about to lose their right, or have lost it?
rule: E2.visa.dispute
severity: MAJOR
key: dispute_id, rule
amount: amount
date: due_date
owner: card
needs: [card_disputes]
thresholds: {warning_days: 10}
message: "{dispute_id} ({scheme}, {stage}): {amount} {currency}, our move ends on {due_date}, days left: {days_left} ({rule}: {arithmetic})."
*/
select
    d.dispute_id, c.rule, d.scheme, d.stage, d.amount, d.currency, d.transaction_date, d.stage_on, c.due_date,
    c.arithmetic, c.days_left, d.source_file, d.source_line
from deadlines c
join card_disputes d on d.dispute_id = c.key
where c.object_type = 'dispute' and c.status in ('OVERDUE', 'TODAY', 'OPEN') and d.stage <> 'CHARGEBACK'
    and c.days_left <= $warning_days
