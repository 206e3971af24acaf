/* view: versions of deals that became known today and concern an earlier day. */
select v.book, v.isin, b.currency, v.trade_id, v.version, v.action, v.side, v.quantity, v.price, v.trade_date,
       v.source_file, v.source_line,
       case v.action when 'AMEND' then 'AMEND' when 'CANCEL' then 'CANCEL' else 'RESTATE' end as component
from deal_versions v
join pnl_days d on d.day = v.known_day and d.date = $as_of
join books b on b.book = v.book
where v.known > 0
