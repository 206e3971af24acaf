/*
id: NOSTRO-02
title: Which movements the bank booked are not on the statement?
rule: C-13
severity: MAJOR
key: key
amount: amount
date: date
owner: account
needs: [statement_lines, ledger_lines]
message: "{key}: {amount} {currency} of {date}, {text}: {explanation} ({class}), {age_days} business days old."
*/
select
    key, class, account, currency, amount, date, booking_date, reference, party, text, twin_key, explanation, age_days,
    source_file, source_line
from nostro_breaks
where side = 'LEFT' and age_days >= 1
    and class not in ('FEE', 'FX', 'ROUNDING', 'TAX', 'PARTIAL', 'ACCRUED', 'MULTI', 'AMOUNT', 'SIGN', 'TIMING')
