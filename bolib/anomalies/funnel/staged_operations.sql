/* view: every operation in the one state it has come to, the furthest of which there is evidence. Whether what
   settled before the first accounts received, or without any, was accounted cannot be told. */
select
    o.*,
    case
        when o.kind = 'SET_ASIDE' then 'SET_ASIDE'
        when o.kind = 'ORDER' and o.order_status in ('REJECTED', 'EXPIRED') then 'REJECTED'
        when o.action = 'CANCEL' or o.order_status = 'CANCELLED' then 'CANCELLED'
        when o.kind = 'ORDER' then 'ORDERED'
        when o.internal and o.booked then 'TRANSFERRED'
        when o.stage = 3 and o.accounted then 'ACCOUNTED'
        when o.stage = 3 and o.settled_on >= a.first_day then 'SETTLED'
        when o.stage = 3 then 'SETTLED_EARLIER'
        when o.stage = 2 then 'MATCHED'
        when o.stage = 1 then 'INSTRUCTED'
        when o.confirmed then 'CONFIRMED'
        when o.booked then 'BOOKED'
        else 'DEALT'
    end as state
from known_operations o
cross join accounts_from a
