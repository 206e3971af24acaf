/* view: the presentments and refunds that agree this evening, so that a refund, a second presentment or a dispute of
   another day finds them; those recalled today stay known for as long as something names them. */
select
    j.arn, j.authorisation_id, j.card, j.account, j.cleared_on, j.amount, j.currency, j.type, a.merchant, a.authorised_at,
    a.amount as authorised, a.channel, j.source_file as file, j.source_line as line,
    a.source_file as authorisation_file, a.source_line as authorisation_line
from card_judged j
left join known_authorisations a on a.authorisation_id = j.authorisation_id
where j.class is null
union all
select
    r.arn, r.authorisation_id, r.card, r.account, r.cleared_on, r.amount, r.currency, r.type, r.merchant, r.authorised_at,
    r.authorised, r.channel, r.file, r.line, r.authorisation_file, r.authorisation_line
from recalled_clearings r
