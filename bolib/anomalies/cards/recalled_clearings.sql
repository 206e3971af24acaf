/* view: presentments and refunds matched on an earlier evening, of payments told again today; their files hold them no
   more. */
select
    c.arn, c.authorisation_id, c.card, c.account, c.cleared_on, c.amount, c.currency, c.type, c.merchant, c.authorised_at,
    c.authorised, c.channel, c.file, c.line, c.authorisation_file, c.authorisation_line
from carried_matches c
left join carried_clearings k on k.arn = c.arn
where k.arn is null
