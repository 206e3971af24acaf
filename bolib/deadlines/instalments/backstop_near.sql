/*
id: ARREARS-10
title: Of which non-performing loans must own funds soon bear more?
rule: D-09
severity: MAJOR
key: loan_id
amount: outstanding
date: default_since
owner: loan
needs: [loans, instalments]
thresholds: {warning_days: 90}
message: "{loan_id} of {customer_id}: non-performing since {default_since}; own funds bear {percent_now} % of it, {next_percent} % from {next_on} ({rule})."
*/
select
    b.loan_id, b.customer_id, b.outstanding, b.currency, b.default_since, b.percent_now, b.next_percent, b.next_on,
    b.backstop_on, b.rule, b.source_file, b.source_line
from backstop b
join target_days now on now.date = $as_of
join target_days next on next.date = b.next_on
where next.day - now.day <= $warning_days
