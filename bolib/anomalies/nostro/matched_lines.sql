/* view: the lines of both sides that were matched without a person. */
select m.match_id, m.side, m.key, m.pass, m.residual, o.amount, o.currency
from nostro_matches m
join (
    select 'LEFT' as side, key, amount, currency from nostro_ours
    union all select 'RIGHT' as side, key, amount, currency from nostro_theirs
) o on o.side = m.side and o.key = m.key
where m.status = 'AUTO'
