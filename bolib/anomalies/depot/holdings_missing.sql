/*
id: DEPOT-06
title: Which statements of depositaries do not follow the one before?
rule: RECO.sequence
severity: MAJOR
key: account, kind, statement_no
date: from_date
owner: account
needs: [custody_positions]
message: "{account}: statement {statement_no} of {stated}, of {from_date}, {said}."
*/
select
    account, kind, before, statement_no, missing, lacks, from_date,
    case kind
        when 'MOVEMENTS' then 'movements' when 'PENDING' then 'pending transactions' when 'PENALTIES' then 'penalties'
        else 'holdings'
    end as stated,
    case lacks
        when 'FIRST' then 'is not whole: the pages before it never came' when 'LAST' then 'is not whole: the pages after it never came'
        when 'BOTH' then 'is not whole: neither the pages before it nor those after it came'
        else ''
    end || case
        when missing = 0 then ''
        else case when lacks is null then '' else '; it ' end || 'comes after ' || before || ': '
            || case when missing = 1 then 'one' else cast(missing as string) end || ' between them never came'
    end as said, source_file, source_line
from statement_gaps
where kind <> 'CASH'
