/* view: the authorisations nothing was presented for by this evening, and those of the clearings that are open. */
select
    a.authorisation_id, a.card, a.merchant, a.authorised_at, a.amount, a.currency, a.channel, a.source_file as file,
    a.source_line as line
from known_authorisations a
join (
    select authorisation_id from uncleared
    union
    select authorisation_id from open_clearings where authorisation_id is not null
) o on o.authorisation_id = a.authorisation_id
