/*
id: FILING-09
title: For which regimes does no rule give a deadline?
rule: B.regime
severity: MAJOR
key: regime, place
date: first_event
owner: filing
needs: [reportable]
message: "{regime}: {why}; rows of {place} set aside and not judged: {rows_aside}, the first in {source_file}, line {source_line}."
*/
select * from unruled_rows
