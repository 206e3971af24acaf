/*
id: ARREARS-03
title: Which loans are about to be in default?
rule: D-01
severity: MAJOR
key: loan_id
amount: amount_past_due
date: material_since
owner: loan
needs: [loans, instalments]
thresholds: {warning_days: 15}
message: "{loan_id} of {customer_id}: {amount_past_due} {currency} past due; material for {days_material} days since {material_since}, default in {days_left} days unless it is paid."
*/
select
    a.loan_id, a.customer_id, a.amount_past_due, l.currency, a.material_since, a.days_material,
    s.default_after + 1 - a.days_material as days_left, l.source_file, l.source_line
from arrears a
join loans l on l.loan_id = a.loan_id
cross join stage_days s
where not a.in_default and a.days_material > 0 and s.default_after + 1 - a.days_material <= $warning_days
