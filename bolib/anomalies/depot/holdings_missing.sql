/*
id: DEPOT-06
title: Which statements of depositaries do not follow the one before?
rule: RECO.sequence
severity: MAJOR
key: account, statement_no
date: from_date
owner: account
needs: [custody_positions]
message: "{account}: statement {statement_no} of {from_date} comes after {before}: {said} between them never came, or held nothing."
*/
select
    account, before, statement_no, missing, from_date,
    case when missing = 1 then 'one' else cast(missing as string) end as said, source_file, source_line
from statement_gaps
where kind = 'CUSTODY'
