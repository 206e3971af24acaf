/* view: the clearings known by the evening; `place` tells the second clearing of one authorisation from the first. */
select
    c.arn, c.authorisation_id, c.card, c.account, c.cleared_on, c.amount, c.currency, c.type, c.source_file, c.source_line,
    row_number() over (partition by c.authorisation_id, c.type order by c.cleared_on, c.arn) as place,
    min(c.arn) over (partition by c.authorisation_id, c.type) as first_arn,
    now.day - day.day as age_days
from known_clearings c
join target_days now on now.date = $as_of
join target_days day on day.date = c.cleared_on
