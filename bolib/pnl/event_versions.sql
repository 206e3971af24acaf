/* view: every corporate action known by the evening of the day, on the first business day of its effect. */
select
    c.ca_id, c.isin, c.type, c.amount, c.ratio_new, c.ratio_old, c.ex_date, c.source_file, c.source_line,
    case when d.open then d.day else d.day + 1 end as day, k.day as known_day,
    coalesce(c.known_at, timestamp '1900-01-01 00:00:00') as learned_at,
    case when k.day is null or k.day <= d.day then 0 else k.day * 4 + 3 end as known
from corporate_actions c
join target_days d on d.date = c.ex_date
left join pnl_days k on c.known_at > k.after and c.known_at <= k.cut_off
where (c.known_at is null or k.day is not null)
  and d.day <= (select max(day) from pnl_days)
  and d.day > (select min(day) from pnl_days)
