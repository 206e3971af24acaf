/* view: differences accepted for a named reason, one explicit line each: what to book so that nothing vanishes. */
select
    t.account, t.currency, t.booking_date as date, mine.key as ours, t.key as theirs, mine.amount as our_amount,
    t.amount as their_amount, m.residual, m.reason, m.match_id
from nostro_matches m
join nostro_theirs t on t.key = m.key
join nostro_matches o on o.match_id = m.match_id and o.side = 'LEFT' and o.status = 'AUTO'
join nostro_ours mine on mine.key = o.key
where m.side = 'RIGHT' and m.status = 'AUTO' and m.residual <> 0
