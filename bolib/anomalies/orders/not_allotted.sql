/*
id: ORD-12
title: Which grouped orders were not allotted to clients as they were dealt?
rule: C3.order.allocation
severity: CRITICAL
key: order_id
date: ordered_on
owner: trade
needs: [orders, trades]
thresholds: {looked_back_days: 10}
message: "{order_id}: {orders} order(s) of {accounts} client(s), the first {first_order}, are grouped in it; {dealt} {isin} dealt, {allotted} allotted:{why}"
*/
select *
from (
    select
        a.order_id, a.book, a.side, a.isin, coalesce(a.dealt, cast(0 as decimal(18,6))) as dealt, a.allotted, a.ordered,
        a.orders, a.accounts, a.first_order, a.ordered_on,
        case when a.known is null then ' nobody knows it.' else '' end
            || case when a.otherwise > 0 then ' of another side, instrument or currency.' else '' end
            || case when a.without_client > 0 then ' for nobody.' else '' end
            || case when a.allotted > a.dealt then ' more than was dealt.' else '' end
            || case when a.allotted < a.dealt then ' less than was dealt.' else '' end
            || case when a.beyond > 0 then ' more to a client than he ordered.' else '' end
            || case when a.after_deal > 0 then ' ordered after the deal.' else '' end
            || case when a.late > 0 then ' after the day of the deal.' else '' end as why,
        a.source_file, a.source_line
    from allocations a
    join target_days now on now.date = $as_of
    join target_days ordered on ordered.date = a.ordered_on
    where now.day - ordered.day < $looked_back_days
) judged
where length(why) > 0
