/* view: every reference rate known by the evening of the day, the euro's own included. */
select
    f.currency, f.rate, d.date, d.day, k.day as known_day,
    coalesce(f.known_at, timestamp '1900-01-01 00:00:00') as learned_at,
    case when k.day is null or k.day <= d.day then 0 else k.day * 4 + 3 end as known
from fx_rates f
join pnl_days d on d.date = f.date
left join pnl_days k on f.known_at > k.after and f.known_at <= k.cut_off
where f.known_at is null or k.day is not null
union all
select
    'EUR' as currency, cast(1 as decimal(18,8)) as rate, d.date, d.day, d.day as known_day,
    timestamp '1900-01-01 00:00:00' as learned_at, cast(0 as bigint) as known
from pnl_days d
