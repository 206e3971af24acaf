/*
id: LOAD-08
title: Which files of accounting entries are not built as the law says?
rule: C-02
severity: MINOR
key: key
owner: file
needs: [] # what arrived is always known
message: "{message}"
*/
select key, message, evidence from load_faults where control = 'LOAD-08'
