/* view: the clearings known by the evening, with those carried over as they were open before. */
select arn, authorisation_id, card, account, cleared_on, amount, currency, type, source_file, source_line
from card_clearings
where cleared_on <= $as_of and (known_at is null or cast(known_at as date) <= $as_of)
union all
select
    c.arn, c.authorisation_id, c.card, c.account, c.cleared_on, c.amount, c.currency, c.type, c.file as source_file,
    c.line as source_line
from carried_clearings c
