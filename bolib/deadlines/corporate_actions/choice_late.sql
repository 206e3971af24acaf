/*
id: CORPACT-09
title: Which choices on securities were made late, or never?
rule: CA.election.default
severity: MAJOR
key: ca_id, account
amount: net
date: due_date
owner: election
needs: [corporate_actions, elections]
thresholds: {looked_back_days: 20}
message: "{ca_id} ({type}), {quantity} {isin} of {account}: {what} (chosen {option} on {elected_on}; ours was due {due_date}, the market's {market_deadline})."
*/
select
    c.ca_id, c.account, c.isin, c.type, c.quantity, c.net, c.currency, c.option, c.elected_on, c.default_option,
    c.due_date, c.market_deadline, c.state,
    case c.state
        when 'LATE' then 'chosen after our deadline'
        when 'TOO_LATE' then 'chosen after the market closed, so that the default applies: ' || coalesce(c.default_option, 'unknown')
        else 'never chosen, so that the default applies: ' || coalesce(c.default_option, 'unknown')
    end as what,
    c.arithmetic, c.source_file, c.source_line
from choices c
join target_days closed on closed.date = cast(c.market_deadline as date)
join target_days now on now.date = $as_of
where c.state in ('LATE', 'TOO_LATE', 'DEFAULTED') and now.day - closed.day <= $looked_back_days
