/* view: every price known by the evening of the day; `rank` orders the sources, the best first. */
select
    p.isin, p.source, p.price, p.source_file, p.source_line, d.date, d.day, k.day as known_day,
    coalesce(r.rank, 99) as rank,
    coalesce(p.known_at, timestamp '1900-01-01 00:00:00') as learned_at,
    case when k.day is null or k.day <= d.day then 0 else k.day * 4 + 3 end as known
from prices p
join pnl_days d on d.date = p.date
left join price_sources r on r.source = p.source
left join pnl_days k on p.known_at > k.after and p.known_at <= k.cut_off
where p.known_at is null or k.day is not null
