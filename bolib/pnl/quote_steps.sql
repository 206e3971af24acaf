/* view: each price by source and each reference rate as known this evening, beside the one before it of the same name;
   `days_back` counts from the evening, and names quoted for the first time are left out. */
select
    kind, source, name, date, last_date, days_back, case when value = before then 1 else 0 end as same, source_file,
    source_line
from (
    select
        kind, source, name, date, value, days_back, source_file, source_line,
        lag(value) over (partition by kind, source, name order by date) as before,
        lag(date) over (partition by kind, source, name order by date) as last_date
    from (
        select
            q.*, now.day - d.day as days_back,
            row_number() over (
                partition by q.kind, q.source, q.name, q.date order by coalesce(q.known_at, q.since) desc
            ) as rank
        from (
            select
                'prices' as kind, source, isin as name, date, price as value, known_at, cast(date as timestamp) as since,
                source_file, source_line
            from prices
            union all
            select
                'rates' as kind, 'fixing' as source, currency as name, date, rate as value, known_at,
                cast(date as timestamp) as since, source_file, source_line
            from fx_rates
        ) q
        join pnl_days now on now.date = $as_of
        left join pnl_days d on d.date = q.date
        where q.date <= $as_of and (q.known_at is null or q.known_at <= now.cut_off)
    ) versions
    where rank = 1
) steps
where before is not null
