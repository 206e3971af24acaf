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
message: "{account}: statement {statement_no} of {from_date} {said}."
*/
select
    account, currency, before, statement_no, missing, lacks, from_date, closing_before, opening, difference,
    case lacks
        when 'FIRST' then 'is not whole: the pages before it never came' when 'LAST' then 'is not whole: the pages after it never came'
        when 'BOTH' then 'is not whole: neither the pages before it nor those after it came'
        else ''
    end || case
        when lacks is not null and missing = 0 and coalesce(difference, 0) = 0 then ''
        else case when lacks is null then '' else '; it ' end || 'comes after ' || before || ': ' || case
            when missing = 0 then 'its number follows' when missing = 1 then 'one between them never came'
            else cast(missing as string) || ' between them never came'
        end || case
            when difference = 0 then '; the balance goes on'
            else '; it opens with ' || cast(opening as string) || ', where that one closed with '
                || coalesce(cast(closing_before as string), 'nothing known')
        end
    end as said,
    source_file, source_line
from statement_gaps
where kind = 'CASH'
