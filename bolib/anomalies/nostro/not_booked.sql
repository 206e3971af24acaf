/*
id: NOSTRO-01
title: Which movements of correspondents has the bank not booked?
rule: C-13
severity: MAJOR
key: key
amount: amount
date: date
owner: account
needs: [statement_lines, ledger_lines]
message: "{key}: {amount} {currency} on {date}, {text}: {explanation} ({class}), {age_days} business days old."
*/
select
    key, class, account, currency, amount, date, booking_date, reference, party, text, twin_key, explanation, age_days,
    source_file, source_line
from nostro_breaks
where side = 'RIGHT' and class not in ('FEE', 'FX', 'ROUNDING', 'TAX', 'PARTIAL', 'ACCRUED', 'MULTI', 'AMOUNT', 'SIGN', 'TIMING')
