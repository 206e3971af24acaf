/*
id: LOAD-03
title: Where do numbered files leave a gap?
rule: C-14
severity: MAJOR
key: key
owner: file
needs: [] # what arrived is always known
message: "{message}"
*/
select key, message, evidence from load_faults where control = 'LOAD-03'
