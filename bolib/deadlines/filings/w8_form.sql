/*
id: FILING-14
title: Which W-8 forms have ended, or end within weeks?
rule: B.w8
severity: MAJOR
key: customer_id
date: valid_to
owner: document
needs: [customers, accounts]
thresholds: {warning_days: 30}
message: "{customer_id}: the W-8 form ends on {valid_to}, {standing}."
*/
select
    customer_id, accounts, valid_to, days_left, tax_residence, source_file, source_line,
    case when state = 'EXPIRED' then 'which is past: the full American rate is to be withheld' else 'to be renewed before'
    end as standing
from client_documents
where document = 'W-8' and (days_left is null or days_left <= $warning_days)
