/*
id: LOAD-07
title: Which files of accounting entries have a name that is wrong, or does not fit what is inside?
rule: C-01
severity: MINOR
key: key
owner: file
needs: [] # what arrived is always known
message: "{message}"
*/
select key, message, evidence from load_faults where control = 'LOAD-07'
