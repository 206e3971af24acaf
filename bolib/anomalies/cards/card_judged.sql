/* view: each clearing against its authorisation; no class is a match. A presentment is held against what was authorised;
   less than that is usual. A refund or reversal is held against what was presented, this evening or before, less what
   other refunds gave back already: `allowed`. */
select
    c.arn, c.authorisation_id, c.card, c.account, c.cleared_on, c.amount, c.currency, c.type, c.age_days, c.first_arn,
    a.amount as authorised, a.merchant, p.presented, c.given_back, o.could_be, c.source_file, c.source_line,
    a.source_file as authorisation_file, a.source_line as authorisation_line,
    case
        when c.type = 'PRESENTMENT' then a.amount
        when c.given_back - c.amount > p.presented then cast(0 as decimal(18,2))
        else cast(p.presented - (c.given_back - c.amount) as decimal(18,2))
    end as allowed,
    case
        when c.type = 'PRESENTMENT' and a.authorisation_id is null then 'MISSING_OURS'
        when c.type = 'PRESENTMENT' and c.place > 1 then 'DUPLICATE'
        when c.type <> 'PRESENTMENT' and p.presented is null and n.authorisation_id is null then 'MISSING_OURS'
        when c.type <> 'PRESENTMENT' and p.presented is null then 'FX'
        when c.type <> 'PRESENTMENT' and c.given_back > p.presented then 'AMOUNT'
        when c.type <> 'PRESENTMENT' then null
        when c.currency <> a.currency then 'FX'
        when c.amount > a.amount then 'AMOUNT'
    end as class
from card_lines c
left join known_authorisations a on a.authorisation_id = c.authorisation_id
left join card_presented p on p.authorisation_id = c.authorisation_id and p.currency = c.currency
left join (select distinct authorisation_id from card_presented) n on n.authorisation_id = c.authorisation_id
left join card_orphans o on o.arn = c.arn
