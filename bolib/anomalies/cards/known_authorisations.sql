/* view: the authorisations known by the evening; what was open before, and of a day that today's files do not hold, is
   carried over under the same key. */
select authorisation_id, card, merchant, authorised_at, amount, currency, channel, source_file, source_line
from card_authorisations
where cast(authorised_at as date) <= $as_of and (known_at is null or cast(known_at as date) <= $as_of)
union all
select
    c.authorisation_id, c.card, c.merchant, c.authorised_at, c.amount, c.currency, c.channel, c.file as source_file,
    c.line as source_line
from carried_authorisations c
left join (select distinct cast(authorised_at as date) as day from card_authorisations) f on f.day = cast(c.authorised_at as date)
left join card_authorisations a on a.authorisation_id = c.authorisation_id
where f.day is null and a.authorisation_id is null
