/*
id: CORPACT-12
title: Which events on securities held lack what is needed to follow them?
rule: CA.terms
severity: MINOR
key: ca_id
date: ex_date
owner: entitlement
needs: [corporate_actions]
message: "{ca_id} {type} on {isin}, ex {ex_date}: {missing}."
*/
select e.ca_id, e.isin, e.type, e.ex_date, e.record_date, e.pay_date, e.market_deadline, e.new_isin,
    case
        when e.record_date is null then 'no record date: entitlements cannot be computed'
        when e.pay_date is null then 'no payment date: nothing can be called late'
        when e.type = 'RHTS' and e.market_deadline is null then 'rights without a deadline to elect'
        else 'no security given in return'
    end as missing,
    e.source_file, e.source_line
from known_events e
join (select isin from book_moves union select isin from stated_holdings) h on h.isin = e.isin
where e.record_date is null or e.pay_date is null or e.type = 'RHTS' and e.market_deadline is null
    or e.type in ('RHTS', 'SOFF') and e.new_isin is null
