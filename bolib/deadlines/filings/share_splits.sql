/* view: the splits, reverse splits and bonus issues known by the evening of the day, as new units for old. */
select
    isin, ex_date, cast(case when type = 'BONU' then ratio_old + ratio_new else ratio_new end as decimal(18,6)) as ratio_new,
    ratio_old
from (
    select
        c.*, row_number() over (
            partition by c.ca_id order by coalesce(c.known_at, timestamp '1900-01-01 00:00:00') desc
        ) as rank
    from corporate_actions c
    where c.known_at is null or cast(c.known_at as date) <= $as_of
) latest
where rank = 1 and type in ('SPLF', 'SPLR', 'BONU') and ex_date <= $as_of and ratio_new > 0 and ratio_old > 0
