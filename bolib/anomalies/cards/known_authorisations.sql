/* view: the authorisations known by the evening. */
select *
from card_authorisations
where cast(authorised_at as date) <= $as_of and (known_at is null or cast(known_at as date) <= $as_of)
