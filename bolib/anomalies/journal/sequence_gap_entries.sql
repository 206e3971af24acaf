/*
id: JRN-04
title: Which numbers are missing from the sequence of entries?
rule: C-05
severity: MAJOR
key: journal_code, entry_no
owner: journal
needs: [journal]
message: "{journal_code}: {missing} number(s) missing, {entry_no} to {last_no}, between {before} and {after}."
*/
select journal_code, entry_no, last_no, missing, before, after
from number_gaps
where kind = 'GAP'
