/* view: when each entitlement, claim and choice is due; a limit of the bank's own beside the rule is left out. */
select d.object_type, d.key, d.due_date, d.status, d.days_left, d.arithmetic
from deadlines d
left join internal_limits l on l.own_rule = d.rule
where d.object_type in ('entitlement', 'market_claim', 'election') and d.rule <> 'CA.claim.detection'
    and l.own_rule is null
