/*
id: NOSTRO-03
title: Which movements differ at the correspondent, in amount or beyond the days allowed?
rule: C-13
severity: MAJOR
key: key
amount: difference
date: date
owner: account
needs: [statement_lines, ledger_lines]
message: "{key}: booked {amount} {currency}, {difference} apart on their side ({class}): {explanation}."
*/
select
    b.key, b.account, b.currency, b.amount, b.other_key, b.other_amount, b.difference, b.class, b.explanation, b.date, b.reference, b.party,
    b.age_days, b.source_file, b.source_line, t.source_file as statement_file, t.source_line as statement_line
from nostro_breaks b
join nostro_theirs t on t.key = b.other_key
where b.side = 'LEFT' and b.class in ('FEE', 'FX', 'ROUNDING', 'TAX', 'PARTIAL', 'ACCRUED', 'MULTI', 'AMOUNT', 'SIGN', 'TIMING')
