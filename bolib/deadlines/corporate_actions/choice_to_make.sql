/*
id: CORPACT-08
title: Which choices on securities are to be made soon, or are overdue?
rule: CA.election
severity: MAJOR
key: ca_id, account
amount: net
date: due_date
owner: election
needs: [corporate_actions, elections]
thresholds: {warning_days: 5}
message: "{ca_id} ({type}): no choice for {quantity} {isin} of {account}; ours is due {due_date} ({arithmetic}), the market's {market_deadline}; without it: {default_option}."
*/
select * from choices
where state = 'OVERDUE' or state = 'TO_ELECT' and days_left <= $warning_days
