/* view: the authorisations known by the evening, with those carried over as something of them was open before. */
select authorisation_id, card, merchant, authorised_at, amount, currency, channel, source_file, source_line
from card_authorisations
where cast(authorised_at as date) <= $as_of and (known_at is null or cast(known_at as date) <= $as_of)
union all
select
    c.authorisation_id, c.card, c.merchant, c.authorised_at, c.amount, c.currency, c.channel, c.file as source_file,
    c.line as source_line
from carried_authorisations c
