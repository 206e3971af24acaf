/* view: authorisations and clearings that belong together, and a clearing without reference with what it could be. */
select
    'CARDS' as reconciliation, 'CARD ' || j.arn as match_id, s.side,
    case when s.side = 'LEFT' then j.authorisation_id else j.arn end as key, 'AUTHORISATION' as pass, 'AUTO' as status,
    case when s.side = 'RIGHT' then cast(j.amount - j.authorised as decimal(18,2)) else cast(0 as decimal(18,2)) end as residual,
    case when j.amount < j.authorised then 'cleared for less' end as reason
from card_judged j
join (select 'LEFT' as side union all select 'RIGHT' as side) s on true
where j.class is null and j.type = 'PRESENTMENT'
union all
select
    'CARDS', 'CARD ' || j.arn, s.side, case when s.side = 'LEFT' then j.could_be else j.arn end, 'CARD_AMOUNT', 'SUGGESTED',
    cast(0 as decimal(18,2)), 'the only authorisation of this card and amount that was never presented'
from card_judged j
join (select 'LEFT' as side union all select 'RIGHT' as side) s on true
where j.could_be is not null
