/* view: each price by source and each reference rate as known this evening, beside the one before it of the same name. */
select
    kind, source, name, date, value, source_file, source_line,
    lag(value) over (partition by kind, source, name order by date) as before,
    lag(date) over (partition by kind, source, name order by date) as last_date
from (
    select
        q.*, row_number() over (partition by q.kind, q.source, q.name, q.date order by coalesce(q.known_at, q.since) desc) as rank
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
    join pnl_days n on n.date = $as_of
    where q.date <= $as_of and (q.known_at is null or q.known_at <= n.cut_off)
) versions
where rank = 1
