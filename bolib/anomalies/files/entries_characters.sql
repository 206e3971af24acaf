/*
id: LOAD-09
title: Which files of accounting entries have characters, dates or amounts not written as the law says?
rule: C-03
severity: MINOR
key: key
owner: file
needs: [] # what arrived is always known
message: "{message}"
*/
select key, message, evidence from load_faults where control = 'LOAD-09'
