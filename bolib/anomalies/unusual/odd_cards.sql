/* view: each authorisation of a card, and what is said of it. */
select
    'card_authorisations' as block, c.authorisation_id as key, cast(c.authorised_at as date) as day,
    now.day - d.day < $unusual_days as judged, c.merchant, c.channel, c.currency, c.authorised_at
from card_authorisations c
join target_days d on d.date = cast(c.authorised_at as date)
join target_days now on now.date = $as_of
where cast(coalesce(c.known_at, c.authorised_at) as date) <= $as_of
