/* view: the clearings known by the evening; what was open before, and of a day that today's files do not hold, is carried
   over under the same key. */
select arn, authorisation_id, card, account, cleared_on, amount, currency, type, source_file, source_line
from card_clearings
where cleared_on <= $as_of and (known_at is null or cast(known_at as date) <= $as_of)
union all
select
    c.arn, c.authorisation_id, c.card, c.account, c.cleared_on, c.amount, c.currency, c.type, c.file as source_file,
    c.line as source_line
from carried_clearings c
left join (select distinct cleared_on from card_clearings) f on f.cleared_on = c.cleared_on
left join card_clearings k on k.arn = c.arn
where f.cleared_on is null and k.arn is null
