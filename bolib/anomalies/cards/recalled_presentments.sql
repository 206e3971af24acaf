/* view: the payments among the clearings recalled. */
select
    arn, authorisation_id, card, account, cleared_on, amount, currency, merchant, authorised_at, authorised, channel, file, line,
    authorisation_file, authorisation_line
from recalled_clearings
where type = 'PRESENTMENT'
