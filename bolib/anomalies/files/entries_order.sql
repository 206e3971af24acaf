/*
id: LOAD-10
title: Which files of accounting entries are not in the order of validation, opening balances first?
rule: C-04
severity: MINOR
key: key
owner: file
needs: [] # what arrived is always known
message: "{message}"
*/
select key, message, evidence from load_faults where control = 'LOAD-10'
