/*
id: SETTLE-04
title: For which venues is no settlement cycle known?
rule: A1.venue.cycle
severity: MINOR
key: venue
date: last_deal
owner: trade
needs: [trades]
message: "{venue}: {deals} deals since {first_deal}, contractual dates not checked, since no rule or no calendar gives the cycle of this venue then."
*/
select
    t.venue, cast(count(*) as bigint) as deals, min(t.trade_date) as first_deal, max(t.trade_date) as last_deal
from known_trades t
join contractual_dates c on c.venue = t.venue and c.trade_date = t.trade_date
where c.latest is null
group by t.venue
