/*
id: NOSTRO-08
title: Which statements of correspondents do not follow the one before?
rule: RECO.sequence
severity: MAJOR
key: account, statement_no
amount: difference
date: from_date
owner: account
needs: [statements]
message: "{account}: statement {statement_no} of {from_date} follows {before}: {missing} statements between them never came; it opens with {opening} {currency}, and {before} closed with {closing_before}."
*/
select
    account, currency, before, statement_no, missing, from_date, closing_before, opening, difference, source_file, source_line
from statement_gaps
where kind = 'CASH'
