/*
id: NOSTRO-05
title: For which accounts do the four quadrants not add up?
rule: C-13
severity: CRITICAL
key: account, currency
amount: gap
date: last_day
owner: account
needs: [statements, statement_lines, ledger_lines]
message: "{account}: ours {ours} + theirs not booked {open_theirs} + accepted {tolerated} - theirs {theirs} - ours not there {open_ours} leaves {gap} {currency}; opening {opening} + lines gives {closing} on the statement."
*/
select account, currency, first_day, last_day, opening, closing, of_statements, ours, theirs, open_ours, open_theirs, tolerated, gap
from nostro_proof
where gap <> 0 or opening + of_statements <> closing
