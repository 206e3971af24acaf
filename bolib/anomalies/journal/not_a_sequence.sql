/*
id: JRN-05
title: Which journals do not number their entries?
rule: C-05
severity: MAJOR
key: journal_code
owner: journal
needs: [journal]
message: "{journal_code}: from {before} to {after}, with {missing} missing, its numbers are no sequence: a gap cannot be told."
*/
select journal_code, missing, before, after
from number_gaps
where kind = 'NO_SEQUENCE'
