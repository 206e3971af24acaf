/* view: the clearings that do not agree this evening with what was authorised or with the account, and the others of
   their authorisation, without which tomorrow could not say why. */
with apart as (
    select arn, authorisation_id from card_judged where class is not null
    union
    select c.arn, c.authorisation_id
    from account_lines a
    join card_lines c on c.arn = a.arn
    where a.booked is null or a.booked <> a.due
)
select
    c.arn, c.authorisation_id, c.card, c.account, c.cleared_on, c.amount, c.currency, c.type, c.source_file as file,
    c.source_line as line
from card_lines c
left join (select distinct arn from apart) o on o.arn = c.arn
left join (select distinct authorisation_id from apart where authorisation_id is not null) g
    on g.authorisation_id = c.authorisation_id
where o.arn is not null or g.authorisation_id is not null
