/*
id: LOAD-01
title: Which files came twice?
rule: C-14
severity: MAJOR
key: key
owner: file
needs: [] # what arrived is always known
message: "{message}"
*/
select key, message, evidence from load_faults where control = 'LOAD-01'
