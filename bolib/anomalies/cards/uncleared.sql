/* view: authorisations nothing was presented for, this evening or before, with their age. */
select
    a.authorisation_id, a.card, a.merchant, a.amount, a.currency, a.channel, cast(a.authorised_at as date) as authorised_on,
    a.source_file, a.source_line, now.day - day.day as age_days
from known_authorisations a
join target_days now on now.date = $as_of
join target_days day on day.date = cast(a.authorised_at as date)
left join (
    select authorisation_id from card_lines
    union
    select authorisation_id from recalled_presentments
) c on c.authorisation_id = a.authorisation_id
where c.authorisation_id is null
