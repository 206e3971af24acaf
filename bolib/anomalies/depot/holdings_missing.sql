/*
id: DEPOT-06
title: Which statements of depositaries do not follow the one before?
rule: RECO.sequence
severity: MAJOR
key: account, kind, statement_no
date: from_date
owner: account
needs: [custody_positions]
message: "{account}: statement {statement_no} of {stated}, of {from_date}, comes after {before}: {said} between them never came."
*/
select
    account, kind, before, statement_no, missing, from_date,
    case kind
        when 'MOVEMENTS' then 'movements' when 'PENDING' then 'pending transactions' when 'PENALTIES' then 'penalties'
        else 'holdings'
    end as stated,
    case when missing = 1 then 'one' else cast(missing as string) end as said, source_file, source_line
from statement_gaps
where kind <> 'CASH'
