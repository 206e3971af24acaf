/* view: the deals standing in each state: their latest version known, unless it cancels. */
select state, for_isin as isin, trade_id, version, action, book, from_book, side, quantity, price, accrued_interest,
       gross_amount, fees, taxes, trade_date, traded_at, source_file, source_line, day
from (
    select
        v.*, s.state, s.last_day, t.isin as for_isin,
        row_number() over (partition by s.state, t.isin, v.trade_id order by v.version desc) as rank
    from (select distinct trade_id, isin from deal_versions) t
    join states s on s.isin = t.isin
    join deal_versions v on v.trade_id = t.trade_id and (v.known <= s.state or v.known_day < $rebuild_from)
) latest
where rank = 1 and action <> 'CANCEL' and isin = for_isin and day <= last_day
