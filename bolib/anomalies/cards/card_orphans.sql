/* view: presentments that name no authorisation the bank has, with the only one they could be: the same card and
   amount, not cleared otherwise, and no other presentment it could be. */
select
    o.arn, o.card, o.amount, o.currency, case when f.fits = 1 and r.fits = 1 then f.authorisation_id end as could_be
from (
    select c.arn, c.card, c.amount, c.currency
    from card_lines c
    left join known_authorisations a on a.authorisation_id = c.authorisation_id
    where c.type = 'PRESENTMENT' and a.authorisation_id is null
) o
left join (
    select c.arn, count(*) as fits, min(a.authorisation_id) as authorisation_id
    from card_lines c
    join uncleared a on a.card = c.card and a.amount = c.amount and a.currency = c.currency
    where c.type = 'PRESENTMENT' and c.authorisation_id is null
    group by c.arn
) f on f.arn = o.arn
left join (
    select a.authorisation_id, count(*) as fits
    from card_lines c
    join uncleared a on a.card = c.card and a.amount = c.amount and a.currency = c.currency
    where c.type = 'PRESENTMENT' and c.authorisation_id is null
    group by a.authorisation_id
) r on r.authorisation_id = f.authorisation_id
