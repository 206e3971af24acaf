/*
id: LOAD-06
title: Which files did nobody read?
rule: C-14
severity: MINOR
key: key
owner: file
needs: [] # what arrived is always known
message: "{message}"
*/
select key, message, evidence from load_faults where control = 'LOAD-06'
