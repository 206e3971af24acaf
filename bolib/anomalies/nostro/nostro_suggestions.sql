/* view: pairs that may belong together, with the score and the reason. */
select
    o.match_id, o.block, o.key as ours, t.key as theirs, mine.amount as our_amount, other.amount as their_amount,
    mine.date as our_date, other.date as their_date, t.score, t.reason
from nostro_matches o
join nostro_matches t on t.match_id = o.match_id and t.side = 'RIGHT'
join nostro_ours mine on mine.key = o.key
join nostro_theirs other on other.key = t.key
where o.side = 'LEFT' and o.status = 'SUGGESTED'
