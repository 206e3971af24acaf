/* view: the clearings known by the evening; `place` tells the second clearing of one authorisation from the first, be
   that of this evening or recalled. `given_back` is what its refunds and reversals up to this one sum to. */
select
    c.arn, c.authorisation_id, c.card, c.account, c.cleared_on, c.amount, c.currency, c.type, c.source_file, c.source_line,
    c.place, c.first_arn, c.given_back, now.day - day.day as age_days
from (
    select
        b.*, row_number() over (partition by b.authorisation_id, b.type order by b.turn, b.cleared_on, b.arn) as place,
        first_value(b.arn) over (partition by b.authorisation_id, b.type order by b.turn, b.cleared_on, b.arn) as first_arn,
        cast(sum(case when b.type = 'PRESENTMENT' then cast(0 as decimal(18,2)) else b.amount end) over (
            partition by b.authorisation_id, b.currency order by b.turn, b.cleared_on, b.arn
            rows between unbounded preceding and current row
        ) as decimal(18,2)) as given_back
    from (
        select arn, authorisation_id, card, account, cleared_on, amount, currency, type, source_file, source_line, 2 as turn
        from known_clearings
        union all
        select
            arn, authorisation_id, card, account, cleared_on, amount, currency, type, file as source_file, line as source_line,
            1 as turn
        from recalled_clearings
    ) b
) c
join target_days now on now.date = $as_of
join target_days day on day.date = c.cleared_on
where c.turn = 2
