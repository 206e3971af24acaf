/* view: each clearing against its authorisation; no class is a match. A refund or reversal is held against what was
   presented, this evening or before, a presentment against what was authorised; less than authorised is usual. */
select
    c.arn, c.authorisation_id, c.card, c.account, c.cleared_on, c.amount, c.currency, c.type, c.age_days, c.first_arn,
    a.amount as authorised, a.merchant, p.presented, o.could_be, c.source_file, c.source_line,
    a.source_file as authorisation_file, a.source_line as authorisation_line,
    case
        when c.type = 'PRESENTMENT' and a.authorisation_id is null then 'MISSING_OURS'
        when c.type = 'PRESENTMENT' and c.place > 1 then 'DUPLICATE'
        when c.type <> 'PRESENTMENT' and p.presented is null then 'MISSING_OURS'
        when c.type <> 'PRESENTMENT' and c.amount > p.presented then 'AMOUNT'
        when c.type <> 'PRESENTMENT' then null
        when c.currency <> a.currency then 'FX'
        when c.amount > a.amount then 'AMOUNT'
    end as class
from card_lines c
left join known_authorisations a on a.authorisation_id = c.authorisation_id
left join (
    select b.authorisation_id, cast(sum(b.amount) as decimal(18,2)) as presented
    from (
        select authorisation_id, amount from card_lines where type = 'PRESENTMENT'
        union all
        select authorisation_id, amount from recalled_presentments
    ) b
    group by b.authorisation_id
) p on p.authorisation_id = c.authorisation_id
left join card_orphans o on o.arn = c.arn
