/*
id: NOSTRO-07
title: Which automatic matches did a person find wrong?
rule: RECO.sample
severity: CRITICAL
key: match_id
amount: amount
date: decided_on
owner: account
needs: [dispositions]
message: "{match_id}: {ours} against {theirs}, {amount} {currency}, found by {pass}, was judged wrong by {decided_by} on {decided_on}: open the accounts again."
*/
select match_id, reconciliation, pass, ours, theirs, amount, currency, decided_by, decided_on
from match_sample
where decision = 'WRONG'
