/*
id: CORPACT-13
title: For which payments is no rate of withholding tax known?
rule: CA.tax.known
severity: MINOR
key: country, type
date: last_payment
owner: entitlement
needs: [corporate_actions]
message: "{country}, {type}: no rate in the rulebook for {payments} payments, of which the last on {last_payment}; their tax is not checked."
*/
select
    substr(isin, 1, 2) as country, type, cast(count(*) as bigint) as payments, max(coalesce(pay_date, ex_date)) as last_payment
from entitlements
where gross <> 0 and tax_rule is null
group by substr(isin, 1, 2), type
