/* view: lines of either side that are in no match, with the date they are aged from. */
select 'LEFT' as side, o.*
from (
    select block, key, amount, date, reference, party, account, currency, booking_date, text, twin_key, source_file, source_line
    from nostro_ours
) o
left join nostro_matches m on m.side = 'LEFT' and m.key = o.key and m.status = 'AUTO'
where m.key is null
union all
select 'RIGHT' as side, t.*
from (
    select block, key, amount, date, reference, party, account, currency, booking_date, text, twin_key, source_file, source_line
    from nostro_theirs
) t
left join nostro_matches m on m.side = 'RIGHT' and m.key = t.key and m.status = 'AUTO'
where m.key is null
