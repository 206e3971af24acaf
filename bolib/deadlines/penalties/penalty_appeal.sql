/*
id: PENAL-04
title: Until when can the differences of a month be appealed against, and which went without an appeal?
rule: A-34.appeal
severity: MAJOR
key: month, counterparty, currency
amount: amount
date: last_day
owner: counterparty
needs: [settlements, penalties]
thresholds: {warning_days: 5, looked_back_days: 20}
message: "{month}, {counterparty}: {amount} {currency} of penalties in dispute, to be appealed against by {appeal_until}; days left: {days_left}, lines: {lines}."
*/
select
    m.month, p.counterparty, p.currency, m.appeal_until, m.days_left,
    cast(sum(abs(p.difference)) as decimal(18,2)) as amount, count(*) as lines, max(p.charged_on) as last_day
from penalties_computed p
join penalty_months m on m.month = substr(cast(p.charged_on as string), 1, 7)
left join appeal_no_ground g on g.cause = p.cause
where p.difference <> 0 and p.cause <> 'ROUNDING' and g.cause is null
    and m.days_left <= $warning_days and m.days_left >= -$looked_back_days
group by m.month, p.counterparty, p.currency, m.appeal_until, m.days_left
