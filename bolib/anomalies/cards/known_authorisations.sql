/* view: the authorisations known by the evening, with those carried over as something of them was open before, and those
   of the presentments recalled. */
with told as (
    select authorisation_id, card, merchant, authorised_at, amount, currency, channel, source_file, source_line
    from card_authorisations
    where cast(authorised_at as date) <= $as_of and (known_at is null or cast(known_at as date) <= $as_of)
    union all
    select
        c.authorisation_id, c.card, c.merchant, c.authorised_at, c.amount, c.currency, c.channel, c.file as source_file,
        c.line as source_line
    from carried_authorisations c
)
select authorisation_id, card, merchant, authorised_at, amount, currency, channel, source_file, source_line
from told
union all
select
    r.authorisation_id, r.card, r.merchant, r.authorised_at, r.authorised as amount, r.currency, r.channel,
    r.authorisation_file as source_file, r.authorisation_line as source_line
from recalled_presentments r
join (select authorisation_id, min(arn) as arn from recalled_presentments group by authorisation_id) f on f.arn = r.arn
left join told t on t.authorisation_id = r.authorisation_id
where t.authorisation_id is null
