/* view: every version of every deal known by the evening of the day, with the day it counts (`day`)
   and, if it came after that day, when and as what (`known_day`, `known`; 0 = known in time). */
select
    v.trade_id, v.version, v.action, v.book, v.from_book, v.isin, v.side, v.quantity, v.price,
    v.accrued_interest, v.gross_amount, v.fees, v.taxes, v.trade_date, v.traded_at,
    v.source_file, v.source_line, v.day, k.day as known_day,
    case when k.day <= v.day then 0
         else k.day * 4 + case v.action when 'AMEND' then 1 when 'CANCEL' then 2 else 3 end end as known
from (
    select
        t.*, coalesce(t.known_at, t.entered_at) as learned_at,
        case when d.date <= first.date then first.day when d.open then d.day else d.day + 1 end as day
    from trades t
    join target_days d on d.date = t.trade_date
    join first_day first on first.date is not null
) v
join pnl_days k on v.learned_at > k.after and v.learned_at <= k.cut_off
where v.day <= (select max(day) from pnl_days)
